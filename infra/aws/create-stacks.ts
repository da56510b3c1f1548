import { type App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { DataStack } from './data-stack';
import type { DeclaredTable } from './data/declared-tables';
import type { Inputs } from './inputs';
import { ServiceStack } from './service-stack';

/** Two stacks, one for data and one for services, so that deploying or deleting the services never touches data. */
export function createStacks(
  app: App,
  inputs: Inputs,
  tables: readonly DeclaredTable[],
): { data: DataStack; service: ServiceStack } {
  // The account comes from the credentials. The region has a default, so that `npm run synth` works offline.
  const env = { region: process.env.CDK_DEFAULT_REGION ?? 'ap-south-1' };
  const data = new DataStack(app, `${inputs.name}-data`, { env, inputs, tables });
  const service = new ServiceStack(app, inputs.name, { env, inputs, data });
  service.addStackDependency(data);
  Tags.of(app).add('milkround', inputs.name);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { data, service };
}

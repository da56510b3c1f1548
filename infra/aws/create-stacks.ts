import { type App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { DataStack } from './data-stack';
import type { DeclaredTable } from './declared-tables';
import type { Inputs } from './inputs';
import { ServiceStack } from './service-stack';

/**
 * A dairy on AWS, in two stacks: what lasts, and what runs. So a deployment of the program that fails, or is taken
 * away, never touches what the dairy knows.
 */
export function createStacks(
  app: App,
  inputs: Inputs,
  tables: readonly DeclaredTable[],
): { data: DataStack; service: ServiceStack } {
  // The account is whoever deploys. The region has a value, so that nothing has to be asked of AWS to write a template.
  const env = { region: process.env.CDK_DEFAULT_REGION ?? 'ap-south-1' };
  const data = new DataStack(app, `${inputs.name}-data`, { env, inputs, tables });
  const service = new ServiceStack(app, inputs.name, { env, inputs, data });
  service.addStackDependency(data);
  Tags.of(app).add('milkround', inputs.name);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { data, service };
}

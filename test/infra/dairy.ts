import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DeclaredTable, declaredTableRequests } from '../../infra/aws/declared-tables';
import { readInputs } from '../../infra/aws/inputs';
import { milkround } from '../../infra/aws/milkround';

export interface Resource {
  readonly Type: string;
  // What a template holds is as wide as CloudFormation.
  readonly Properties: Record<string, any>;
  readonly DeletionPolicy?: string;
}

/** A deployment as CloudFormation would be told of it. */
export interface Dairy {
  readonly tables: readonly DeclaredTable[];
  readonly data: Template;
  readonly service: Template;
  /** What cdk-nag finds, and nobody has given a reason for. */
  readonly findings: readonly string[];
}

export const STRIPE = 'arn:aws:secretsmanager:ap-south-1:111122223333:secret:milkround/stripe-AbCdEf';
const INPUTS = { mailDomain: 'dairy.example', alarmEmail: 'alarms@dairy.example', payments: 'sandbox' };

/** Writes the templates; `context` is what a deployment says with `-c`. */
export async function deployed(context: Record<string, string> = {}): Promise<Dairy> {
  // The CDK's own check of templates takes longer than all of this; `npm run synth` does it.
  process.env.CDK_VALIDATION = 'false';
  const { context: flags } = JSON.parse(readFileSync(join(__dirname, '../../infra/aws/cdk.json'), 'utf8'));
  const app = new App({
    context: { ...flags, ...INPUTS, ...context },
    analyticsReporting: false,
    outdir: mkdtempSync(join(tmpdir(), 'milkround-cdk-')),
  });
  const inputs = readInputs((name) => app.node.tryGetContext(name));
  const tables = await declaredTableRequests(`${inputs.name}-`);
  const { data, service } = milkround(app, inputs, tables);
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return {
    tables,
    data: Template.fromStack(data),
    service: Template.fromStack(service),
    findings: violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    ),
  };
}

export function resources(template: Template, type: string): Resource[] {
  return Object.values(template.findResources(type)) as unknown as Resource[];
}

/** Every resource of both stacks, with how the template calls it. */
export function everything({ data, service }: Dairy): [string, Resource][] {
  return [data, service].flatMap((template) => Object.entries(template.toJSON().Resources as Record<string, Resource>));
}

/** A value of a template as it could read once it is deployed; what AWS makes up is called by its place. */
export function resolved(value: any, dairy: Dairy): string {
  if (typeof value === 'string') return value;
  const [name, what] = Object.entries(value)[0] as [string, any];
  switch (name) {
    case 'Ref':
      return (
        { 'AWS::Partition': 'aws', 'AWS::AccountId': '111122223333', 'AWS::Region': 'ap-south-1' }[what as string] ??
        what
      );
    case 'Fn::GetAtt':
      return `arn:aws:of:${what.join(':')}`;
    case 'Fn::Join':
      return what[1].map((part: unknown) => resolved(part, dairy)).join(what[0]);
    case 'Fn::GetStackOutput':
      return resolved(dairy.data.toJSON().Outputs[what.OutputName].Value, dairy);
    case 'Fn::Sub':
      return what.replaceAll('${AWS::AccountId}', '111122223333').replaceAll('${AWS::URLSuffix}', 'amazonaws.com');
    default:
      throw new Error(`${name} is not known here`);
  }
}

import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context as flags } from '../../infra/aws/cdk.json';
import { createStacks } from '../../infra/aws/create-stacks';
import { type DeclaredTable, loadDeclaredTables } from '../../infra/aws/declared-tables';
import { readInputs } from '../../infra/aws/inputs';

/** A resource of a template; what its properties are, whoever asks for it knows. */
export interface Resource<P = Record<string, unknown>> {
  readonly Type: string;
  readonly Properties: P;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string[];
}

/** A string of a template, perhaps one that AWS puts together. */
export type TemplateValue = string | Readonly<Record<string, unknown>>;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource?: TemplateValue | TemplateValue[];
  readonly NotResource?: TemplateValue | TemplateValue[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Policy {
  readonly PolicyDocument: { readonly Statement: Statement[] };
}

export interface Container {
  readonly Environment: { readonly Name: string; readonly Value: TemplateValue }[];
  readonly Secrets: { readonly Name: string; readonly ValueFrom: TemplateValue }[];
  readonly StopTimeout: number;
}

/** A deployment as CloudFormation would be told of it. */
export interface Deployment {
  readonly tables: readonly DeclaredTable[];
  readonly data: Template;
  readonly service: Template;
  /** What cdk-nag finds, and nobody has given a reason for. */
  readonly findings: readonly string[];
}

const REQUIRED_INPUTS = { mailDomain: 'dairy.example', alarmEmail: 'alarms@dairy.example', payments: 'sandbox' };
const ACCOUNT_ID = '111122223333';

/** Writes the templates; `context` is what a deployment says with `-c`. */
export async function synthesize(context: Record<string, string> = {}): Promise<Deployment> {
  // The CDK's own look at templates takes longer than all of this; `npm run synth` has it.
  process.env.CDK_VALIDATION = 'false';
  const outdir = mkdtempSync(join(tmpdir(), 'milkround-cdk-'));
  try {
    const app = new App({ context: { ...flags, ...REQUIRED_INPUTS, ...context }, analyticsReporting: false, outdir });
    const inputs = readInputs((name) => app.node.tryGetContext(name));
    const tables = await loadDeclaredTables(`${inputs.name}-`);
    const { data, service } = createStacks(app, inputs, tables);
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    return {
      tables,
      data: Template.fromStack(data),
      service: Template.fromStack(service),
      findings: violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
      ),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The resources of a type, by how the template calls them. */
export function resourcesOfType<P>(template: Template, type: string): [string, Resource<P>][] {
  return Object.entries(template.findResources(type)) as unknown as [string, Resource<P>][];
}

/** The properties of the resources of a type. */
export function propertiesOfType<P = Record<string, unknown>>(template: Template, type: string): P[] {
  return resourcesOfType<P>(template, type).map(([, { Properties }]) => Properties);
}

export function expectResource(template: Template, type: string, properties: object): void {
  template.hasResourceProperties(type, properties);
}

export function listOf<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** A text of a template as it could read once it is deployed; what AWS makes up is called by its place. */
export function resolveValue(text: TemplateValue, deployment: Deployment): string {
  if (typeof text === 'string') return text;
  const [[name, what] = ['nothing', undefined]] = Object.entries(text);
  switch (name) {
    case 'Ref':
      return what === 'AWS::AccountId' ? ACCOUNT_ID : String(what);
    case 'Fn::GetAtt':
      return `arn:aws:of:${(what as string[]).join(':')}`;
    case 'Fn::Join': {
      const [separator, parts] = what as [string, TemplateValue[]];
      return parts.map((part) => resolveValue(part, deployment)).join(separator);
    }
    case 'Fn::Sub':
      return String(what).replaceAll('${AWS::AccountId}', ACCOUNT_ID);
    case 'Fn::GetStackOutput': {
      const { OutputName: output } = what as { OutputName: string };
      const [stackOutput] = Object.values(deployment.data.findOutputs(output)) as { Value: TemplateValue }[];
      return resolveValue(stackOutput?.Value ?? '', deployment);
    }
    default:
      throw new Error(`${name} is not known here`);
  }
}

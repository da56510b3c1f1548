import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context as flags } from '../../infra/aws/cdk.json';
import { createStacks } from '../../infra/aws/create-stacks';
import { type DeclaredTable, loadDeclaredTables } from '../../infra/aws/data/declared-tables';
import { readInputs } from '../../infra/aws/inputs';

/** A resource of a template. The caller knows the type of its properties. */
export interface Resource<P = Record<string, unknown>> {
  readonly Type: string;
  readonly Properties: P;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string[];
}

/** A string in a template, or an intrinsic function that resolves to one. */
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
  readonly Image: TemplateValue;
  readonly Environment: { readonly Name: string; readonly Value: TemplateValue }[];
  readonly Secrets: { readonly Name: string; readonly ValueFrom: TemplateValue }[];
  readonly StopTimeout: number;
}

/** The synthesized templates of a deployment. */
export interface Deployment {
  readonly tables: readonly DeclaredTable[];
  readonly data: Template;
  readonly service: Template;
  /** Findings of cdk-nag without an acknowledgement. */
  readonly findings: readonly string[];
}

const REQUIRED_INPUTS = { mailDomain: 'dairy.example', alarmEmail: 'alarms@dairy.example', payments: 'sandbox' };
/** The second word for the sandbox, in the environment of the deployment. */
export const SANDBOX_CONFIRMED = { SANDBOX_IN_PRODUCTION: 'yes-no-money-moves' };
const ACCOUNT_ID = '111122223333';

/** Synthesizes both stacks. `context` has the values that `-c` would set. */
export async function synthesize(context: Record<string, string> = {}): Promise<Deployment> {
  // The CDK's own validation would take most of the time. `npm run synth` includes it.
  process.env.CDK_VALIDATION = 'false';
  const outdir = mkdtempSync(join(tmpdir(), 'milkround-cdk-'));
  try {
    const app = new App({ context: { ...flags, ...REQUIRED_INPUTS, ...context }, analyticsReporting: false, outdir });
    const inputs = readInputs((name) => app.node.tryGetContext(name), SANDBOX_CONFIRMED);
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

/** The resources of a type, with their logical ids. */
export function resourcesOfType<P>(template: Template, type: string): [string, Resource<P>][] {
  return Object.entries(template.findResources(type)) as unknown as [string, Resource<P>][];
}

export function propertiesOfType<P = Record<string, unknown>>(template: Template, type: string): P[] {
  return resourcesOfType<P>(template, type).map(([, { Properties }]) => Properties);
}

/** The only resource of a type. */
export function onlyResource<P = Record<string, unknown>>(template: Template, type: string): Resource<P> {
  const [found, ...others] = resourcesOfType<P>(template, type);
  if (!found || others.length > 0) throw new Error(`Expected one ${type}, found ${others.length + (found ? 1 : 0)}`);
  return found[1];
}

export function expectResource(template: Template, type: string, properties: object): void {
  template.hasResourceProperties(type, properties);
}

export function listOf<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Resolves intrinsic functions. Values that AWS assigns become placeholders with the logical id. */
export function resolveValue(value: TemplateValue, deployment: Deployment): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['nothing', undefined]] = Object.entries(value);
  switch (name) {
    case 'Ref':
      return argument === 'AWS::AccountId' ? ACCOUNT_ID : String(argument);
    case 'Fn::GetAtt':
      return `arn:aws:of:${(argument as string[]).join(':')}`;
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, TemplateValue[]];
      return parts.map((part) => resolveValue(part, deployment)).join(separator);
    }
    case 'Fn::Sub':
      return String(argument).replaceAll('${AWS::AccountId}', ACCOUNT_ID);
    case 'Fn::GetStackOutput': {
      const { OutputName: output } = argument as { OutputName: string };
      const [stackOutput] = Object.values(deployment.data.findOutputs(output)) as { Value: TemplateValue }[];
      return resolveValue(stackOutput?.Value ?? '', deployment);
    }
    default:
      throw new Error(`The intrinsic function ${name} is not supported`);
  }
}

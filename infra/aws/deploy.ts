import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { context as defaults } from './cdk.json';
import { type Inputs, InvalidInputs, readInputs, REQUIRED_INPUTS } from './inputs';
import { preflight } from './preflight';
import { runbookUrlOfCheckout } from './runbook-url';

const OPTIONS = Object.values(REQUIRED_INPUTS).map(({ option }) => option);
const USAGE = `npm run deploy -- [--dry-run] ${OPTIONS.map((option) => `--${option} …`).join(' ')} [options of cdk deploy, such as -c size=large]`;

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/**
 * `npm run deploy`: validates the inputs before anything is built, then runs `cdk deploy`. With `--dry-run`, checks the
 * account instead, and creates nothing.
 */
async function main(): Promise<number> {
  const { required, given, dryRun, others } = parseArguments(process.argv.slice(2));
  const missing = Object.entries(REQUIRED_INPUTS).filter(([name]) => !required[name]);
  if (missing.length > 0) {
    for (const [, { option, description }] of missing) console.error(`--${option} is missing: ${description}`);
    console.error(USAGE);
    return 1;
  }
  const region = process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  if (!region || !REGION.test(region)) {
    console.error(`AWS_REGION ${region ? 'must be' : 'is missing:'} the region to deploy to, such as ap-south-1`);
    return 1;
  }
  const derived: Record<string, string> = {};
  const url = runbookUrlOfCheckout();
  if (url !== undefined && !('runbookUrl' in { ...defaults, ...given })) derived.runbookUrl = url;
  const context: Readonly<Record<string, unknown>> = { ...defaults, ...derived, ...given, ...required };
  let inputs: Inputs;
  try {
    inputs = readInputs((name) => context[name]);
  } catch (error) {
    if (!(error instanceof InvalidInputs)) throw error;
    console.error(error.message);
    return 1;
  }
  if (dryRun) return dryRunOf(inputs, region);
  if (!inputs.runbookUrl.startsWith('https:')) {
    console.error('Alarms will have no link: set -c runbookUrl=https://… to the runbook of this version');
  }
  const contextArguments = Object.entries({ ...derived, ...required }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const args = ['deploy', '--all', ...contextArguments, ...others];
  const { status, error } = spawnSync('cdk', args, { cwd: __dirname, stdio: 'inherit' });
  if (error) console.error(`Cannot start the CDK (${error.message}). Run \`npm ci\`, then \`npm run deploy\`.`);
  return status ?? 1;
}

/** Prints what the account lacks. 1 if a deployment would fail. */
async function dryRunOf(inputs: Inputs, region: string): Promise<number> {
  const findings = await preflight(inputs, region);
  for (const { check, level, text, remedy } of findings) {
    console.log(`${level.padEnd(8)} ${check}: ${text}${remedy ? `. ${remedy}` : ''}`);
  }
  return findings.some(({ level }) => level === 'problem') ? 1 : 0;
}

interface Arguments {
  /** The required inputs, by context name. */
  readonly required: Record<string, string | undefined>;
  /** The other inputs, given with `-c`. */
  readonly given: Record<string, string>;
  readonly dryRun: boolean;
  /** Options for the CDK. */
  readonly others: string[];
}

function parseArguments(args: string[]): Arguments {
  const options = {
    ...Object.fromEntries(OPTIONS.map((option) => [option, { type: 'string' as const }])),
    context: { type: 'string', short: 'c', multiple: true },
    'dry-run': { type: 'boolean' },
  } as const;
  const { values, tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const ownTokens = new Set(
    tokens.flatMap((token) => {
      if (token.kind !== 'option') return [];
      if (token.name === 'dry-run') return [token.index];
      if (!OPTIONS.some((option) => option === token.name)) return [];
      return token.inlineValue ? [token.index] : [token.index, token.index + 1];
    }),
  );
  const required = Object.fromEntries(
    Object.entries(REQUIRED_INPUTS).map(([name, { option }]) => {
      const value = values[option];
      return [name, typeof value === 'string' ? value : undefined];
    }),
  );
  const given = Object.fromEntries(
    [values.context ?? []].flat().map((entry) => {
      const [name = '', ...value] = String(entry).split('=');
      return [name, value.join('=')];
    }),
  );
  const others = args.filter((_, index) => !ownTokens.has(index));
  return { required, given, dryRun: values['dry-run'] === true, others };
}

void main().then((code) => (process.exitCode = code));

import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { InvalidInputs, readInputs, REQUIRED_INPUTS } from './inputs';

const OPTIONS = Object.values(REQUIRED_INPUTS).map(({ option }) => option);
const USAGE = `npm run deploy -- ${OPTIONS.map((option) => `--${option} …`).join(' ')} [options of cdk deploy, such as -c size=large]`;

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** `npm run deploy`: validates the required inputs before anything is built, then runs `cdk deploy`. */
function main(): number {
  const { required, others } = parseArguments(process.argv.slice(2));
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
  try {
    readInputs((name) => required[name]);
  } catch (error) {
    if (!(error instanceof InvalidInputs)) throw error;
    console.error(error.message);
    return 1;
  }
  const context = Object.entries(required).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['deploy', '--all', ...context, ...others];
  const { status, error } = spawnSync('cdk', args, { cwd: __dirname, stdio: 'inherit' });
  if (error) console.error(`Cannot start the CDK (${error.message}). Run \`npm ci\`, then \`npm run deploy\`.`);
  return status ?? 1;
}

/** Splits the arguments into the required inputs, by context name, and options for the CDK. */
function parseArguments(args: string[]): { required: Record<string, string | undefined>; others: string[] } {
  const options = Object.fromEntries(OPTIONS.map((option) => [option, { type: 'string' as const }]));
  const { values, tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const ownTokens = new Set(
    tokens.flatMap((token) => {
      if (token.kind !== 'option' || !OPTIONS.some((option) => option === token.name)) return [];
      return token.inlineValue ? [token.index] : [token.index, token.index + 1];
    }),
  );
  const required = Object.fromEntries(
    Object.entries(REQUIRED_INPUTS).map(([name, { option }]) => {
      const value = values[option];
      return [name, typeof value === 'string' ? value : undefined];
    }),
  );
  return { required, others: args.filter((_, index) => !ownTokens.has(index)) };
}

process.exitCode = main();

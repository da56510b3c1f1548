// `npm start`: starts the emulators and the application. On Ctrl-C it stops the application first.
import './check-node.cjs';
import { setTimeout as pause } from 'node:timers/promises';
import { buildIfStale } from './build.mts';
import { environmentOf, LOCAL_CREDENTIALS } from './environment.mts';
import { type ChildProcess, startChildProcess } from './child-process.mts';
import { type Emulators, startEmulators } from './emulators.mts';
import { LISTEN_HOST } from './host.mts';
import { assertPortFree } from './ports.mts';
import { readOptions, displayPath } from './options.mts';

const STOP_TIMEOUT = 30_000;
const START_TIMEOUT = 60_000;

const options = readOptions();
const address = `http://localhost:${options.port}`;
// In the order of stopping: the application needs the emulators to finish its work.
const stoppables: Array<{ stop(timeout: number): Promise<void> }> = [];
let stopping: Promise<never> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void shutDown(0, '\nStopping'));

await assertPortFree(options.port, 'the API', 'PORT');
console.log('Starting emulators of DynamoDB, SQS, SNS, S3, SES, SMS and EventBridge');
const [emulators, isBuilt] = await Promise.all([startEmulators(options), buildIfStale()]);
stoppables.unshift(emulators);
if (!isBuilt) await shutDown(1, 'The build failed: see above.');
void emulators.lost.then((reason) => shutDown(1, reason));

const env = {
  ...LOCAL_CREDENTIALS,
  LOG_PRETTY: 'true',
  ...process.env,
  ...environmentOf(emulators.endpoints),
  PORT: `${options.port}`,
  HOST: process.env.HOST || LISTEN_HOST,
};

const prepared = await startProgram('dist/cli/prepare-local.js').exited;
if (prepared !== 0) await shutDown(prepared, reasonOf(prepared));

void startProgram('dist/main.js').exited.then((code) => shutDown(code, reasonOf(code)));

if (await waitUntilReady()) printWelcome(emulators);
else await shutDown(1, `The application was not ready after ${START_TIMEOUT / 1000} s: ${address}/health/ready`);

function startProgram(file: string): ChildProcess {
  const program = startChildProcess([file], { output: 'shown', env });
  stoppables.unshift(program);
  return program;
}

/** Code 1 means that the program has printed the reason itself. */
function reasonOf(code: number): string | undefined {
  return code === 1 ? undefined : `The application exited unexpectedly with code ${code}.`;
}

function shutDown(code: number, message?: string): Promise<never> {
  stopping ??= (async () => {
    if (message !== undefined) console.error(message);
    for (const stoppable of stoppables) await stoppable.stop(STOP_TIMEOUT);
    process.exit(code);
  })();
  return stopping;
}

async function waitUntilReady(): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT;
  while (Date.now() < deadline) {
    const url = `http://127.0.0.1:${options.port}/health/ready`;
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (response?.status === 200) return true;
    await pause(100);
  }
  return false;
}

function printWelcome({ endpoints }: Emulators): void {
  const password = process.env.DEMO_PASSWORD ? 'the value of DEMO_PASSWORD' : 'milkround-demo';
  const data =
    options.dataDir === 'memory'
      ? 'Data is not kept.'
      : `Data is kept in ${displayPath(options.dataDir)}; \`npm run reset\` deletes it.`;
  const local = { ...environmentOf(endpoints), ...LOCAL_CREDENTIALS };
  const variables = Object.entries(local)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
  console.log(`
Milkround is ready.

  Shop        ${address}/shop
  Console     ${address}/console
  API         ${address}
  API docs    ${address}/docs
  Mail inbox  ${endpoints.ses}
  SMS sent    ${endpoints.sms}/store${process.env.EVENT_BUS_NAME ? `\n  Events      ${endpoints.events}/store` : ''}

  Sign in as  admin@milkround.test, courier1@milkround.test, courier2@milkround.test
              or customer@milkround.test. The password is ${password}.
  Try it      \`npm run demo\` in a second terminal

Commands such as \`npm run ops\` need these variables in a second terminal:

  export ${variables}

Press Ctrl-C to stop. ${data}
`);
}

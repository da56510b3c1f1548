// `npm start`: starts the emulators and the application, and stops them in order.
import './check-node.cjs';
import { setTimeout as pause } from 'node:timers/promises';
import { buildIfStale } from './build.mts';
import { environmentOf, LOCAL_CREDENTIALS } from './environment.mts';
import { type ChildProcess, startChildProcess } from './child-process.mts';
import { type Emulators, startEmulators } from './emulators.mts';
import { assertPortFree } from './ports.mts';
import { readOptions, displayPath } from './options.mts';

const STOP_TIMEOUT = 30_000;
const START_TIMEOUT = 60_000;

const options = readOptions();
const address = `http://localhost:${options.port}`;
// In the order of stopping: the application finishes its work first and needs the emulators for that.
const stoppables: Array<{ stop(patience: number): Promise<void> }> = [];
let stopping: Promise<never> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void shutDown(0, '\nStopping'));

await assertPortFree(options.port, 'the API', 'PORT');
console.log('Starting DynamoDB, SQS, SNS, SES and SMS on this machine');
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
};

if ((await startProgram('dist/cli/prepare-local.js').exited) !== 0)
  await shutDown(1, 'The tables, queues and topics could not be prepared: see above.');

void startProgram('dist/main.js').exited.then((code) =>
  shutDown(code, `The application ended by itself, with exit code ${code}.`),
);

if (await waitUntilReady()) printWelcome(emulators);
else await shutDown(1, `The application was not ready after ${START_TIMEOUT / 1000} s: ${address}/health/ready`);

function startProgram(file: string): ChildProcess {
  const program = startChildProcess([file], { output: 'shown', env });
  stoppables.unshift(program);
  return program;
}

function shutDown(code: number, message: string): Promise<never> {
  stopping ??= (async () => {
    console.error(message);
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
  const password = process.env.DEMO_PASSWORD ? 'what DEMO_PASSWORD says' : 'milkround-demo';
  const data =
    options.dataDir === 'memory'
      ? 'Nothing is kept.'
      : `Data stays in ${displayPath(options.dataDir)}; npm run reset removes it.`;
  console.log(`
Milkround is ready.

  API         ${address}
  API page    ${address}/docs
  Mail inbox  ${endpoints.ses}
  SMS sent    ${endpoints.sms}/store

  Sign in as  admin@milkround.test, courier1@milkround.test, courier2@milkround.test
              or customer@milkround.test; the password is ${password}
  Try it      npm run demo, in a second terminal

Ctrl-C stops it. ${data}
`);
}

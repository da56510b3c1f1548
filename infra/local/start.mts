// `npm start`: the parts, the application, and an orderly end.
import './check-node.cjs';
import { setTimeout as pause } from 'node:timers/promises';
import { buildWhenStale } from './build.mts';
import { environmentOf, LOCAL_ACCOUNT } from './environment.mts';
import { type Leashed, startLeashed } from './leashed.mts';
import { type Parts, startParts } from './parts.mts';
import { refuseBusyPort } from './ports.mts';
import { readSettings, shown } from './settings.mts';

const DRAIN = 30_000;
const PATIENCE = 60_000;

const settings = readSettings();
const address = `http://localhost:${settings.port}`;
// In the order of stopping: the application finishes what it has begun, and needs the parts for that.
const running: Array<{ stop(patience: number): Promise<void> }> = [];
let leaving: Promise<never> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(0, '\nStopping'));

await refuseBusyPort(settings.port, 'the API', 'PORT');
console.log('Starting DynamoDB, SQS, SNS, S3, SES and SMS on this machine');
const [parts, isBuilt] = await Promise.all([startParts(settings), buildWhenStale()]);
running.unshift(parts);
if (!isBuilt) await leave(1, 'The build failed: see above.');
void parts.lost.then((reason) => leave(1, reason));

const env = {
  ...LOCAL_ACCOUNT,
  LOG_PRETTY: 'true',
  ...process.env,
  ...environmentOf(parts.endpoints),
  PORT: `${settings.port}`,
};

if ((await run('dist/cli/prepare-local.js').exited) !== 0)
  await leave(1, 'The tables, queues and topics could not be prepared: see above.');

void run('dist/main.js').exited.then((code) => leave(code, `The application ended by itself, with exit code ${code}.`));

if (await isReady()) welcome(parts);
else await leave(1, `The application was not ready after ${PATIENCE / 1000} s: ${address}/health/ready`);

function run(file: string): Leashed {
  const program = startLeashed([file], { output: 'shown', env });
  running.unshift(program);
  return program;
}

function leave(code: number, why: string): Promise<never> {
  leaving ??= (async () => {
    console.error(why);
    for (const each of running) await each.stop(DRAIN);
    process.exit(code);
  })();
  return leaving;
}

async function isReady(): Promise<boolean> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    const url = `http://127.0.0.1:${settings.port}/health/ready`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (answer?.status === 200) return true;
    await pause(100);
  }
  return false;
}

function welcome({ endpoints }: Parts): void {
  const password = process.env.DEMO_PASSWORD ? 'what DEMO_PASSWORD says' : 'milkround-demo';
  const data =
    settings.dataDir === 'memory'
      ? 'Nothing is kept.'
      : `Data stays in ${shown(settings.dataDir)}; npm run reset removes it.`;
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

// `npm run image:test`: builds the images, checks the contents of the application image, and runs the demo against it.
import '../local/check-node.cjs';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LOCAL_CREDENTIALS } from '../local/environment.mts';
import { startChildProcess } from '../local/child-process.mts';
import { freePort } from '../local/ports.mts';
import { ROOT } from '../local/root.mts';
import { forbiddenFilesIn } from './forbidden-files.mts';
import { ContainerEngine } from './container-engine.mts';

const IMAGE = 'milkround';
const EMULATORS_IMAGE = 'milkround-parts';
const DYNAMODB_IMAGE = 'amazon/dynamodb-local:3.1.0';
const MAX_MEGABYTES = 250;
const MAX_SECONDS_TO_READY = Number(process.env.IMAGE_READY_SECONDS || 2);
const MAX_SECONDS_TO_STOP = 30;
const START_COUNT = 3;
const READY_TIMEOUT = 60_000;
const KNOWN_VARIABLES = ['PATH', 'NODE_VERSION', 'YARN_VERSION', 'NODE_ENV', 'NODE_COMPILE_CACHE'];

const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

const engine = ContainerEngine.find();
const name = `milkround-test-${randomBytes(3).toString('hex')}`;
const containers: string[] = [];
const failures: string[] = [];

function check(claim: string, isTrue: boolean): void {
  console.log(`${isTrue ? '✓' : '✗'} ${claim}`);
  if (!isTrue) failures.push(claim);
}

function build(): void {
  const revision = (format: string) =>
    spawnSync('git', ['log', '-1', `--format=${format}`], { cwd: ROOT, encoding: 'utf8' }).stdout?.trim() || 'unknown';
  engine.build(IMAGE, { labels: { VERSION, REVISION: revision('%H'), CREATED: revision('%cI') } });
  engine.build(EMULATORS_IMAGE, { target: 'parts' });
}

function checkContents(): void {
  const inside = (...command: string[]) => engine.run('run', '--rm', '--entrypoint', '', IMAGE, ...command);
  const { User: user = '', Env: variables, Labels: labels, StopSignal: signal } = imageConfigOf(IMAGE);

  const megabytes = Math.round(Number.parseInt(inside('du', '-sk', '/app'), 10) / 1_024);
  check(`adds ${megabytes} MB to the base image (limit ${MAX_MEGABYTES})`, megabytes <= MAX_MEGABYTES);
  check(`runs as the user ${user}, not root`, user === 'node' && inside('id', '-u') !== '0');
  check('is stopped by SIGTERM', signal === 'SIGTERM');
  const label = (key: string) => labels[`org.opencontainers.image.${key}`] ?? '';
  check(
    `is labelled with version ${label('version')} and its commit`,
    label('version') === VERSION && /^[0-9a-f]{40}$/.test(label('revision')),
  );
  const unknown = variables
    .map((variable) => variable.split('=')[0] ?? '')
    .filter((variable) => !KNOWN_VARIABLES.includes(variable));
  check(`sets no other variables${unknown.map((variable) => ` (${variable})`).join('')}`, unknown.length === 0);
  const misplaced = forbiddenFilesIn(inside('find', '/app', '-type', 'f').split('\n'));
  check(['contains no forbidden files', ...misplaced].join('; '), misplaced.length === 0);
}

interface ImageConfig {
  readonly User?: string;
  readonly Env: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
}

function imageConfigOf(image: string): ImageConfig {
  return JSON.parse(engine.run('image', 'inspect', image, '--format', '{{json .Config}}')) as ImageConfig;
}

/** Starts a container in the network of this test, where `short` is its host name. */
function start(short: string, image: string, { flags = [], command = [] }: { flags?: string[]; command?: string[] }) {
  const container = `${name}-${short}`;
  containers.push(container);
  const network = ['--network', name, '--network-alias', short];
  engine.run('run', '-d', '--name', container, ...network, ...flags, image, ...command);
  return container;
}

function publishFlags(port: number, inside: number): string[] {
  return ['-p', `127.0.0.1:${port}:${inside}`];
}

/** The strictest options that the image supports. */
const HARDENING_FLAGS = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];
/** On this machine, where the demo follows the link to an invoice. */
const awsPort = await freePort();
const ENVIRONMENT_FLAGS = Object.entries({
  ...LOCAL_CREDENTIALS,
  NODE_ENV: 'development',
  DYNAMODB_ENDPOINT: 'http://dynamodb:8000',
  SQS_ENDPOINT: 'http://aws:4566',
  SNS_ENDPOINT: 'http://aws:4566',
  S3_ENDPOINT: 'http://aws:4566',
  S3_PUBLIC_ENDPOINT: `http://127.0.0.1:${awsPort}`,
  SES_ENDPOINT: 'http://ses:8005',
  SMS_ENDPOINT: 'http://sms:8006',
}).flatMap(([variable, value]) => ['-e', `${variable}=${value}`]);

async function startEmulators(): Promise<{ ses: number; sms: number }> {
  const ports = { ses: await freePort(), sms: await freePort() };
  engine.run('network', 'create', name);
  start('dynamodb', DYNAMODB_IMAGE, { command: ['-jar', 'DynamoDBLocal.jar', '-inMemory', '-sharedDb'] });
  start('aws', EMULATORS_IMAGE, {
    command: ['node', 'infra/local/aws.mts', '4566'],
    flags: publishFlags(awsPort, 4566),
  });
  start('ses', EMULATORS_IMAGE, {
    command: ['node', 'infra/local/ses.mts', '8005'],
    flags: [
      ...publishFlags(ports.ses, 8005),
      ...['-e', 'RETURNED_MAIL_QUEUE_URL=http://aws:4566/000000000000/milkround-mail-returned'],
    ],
  });
  start('sms', EMULATORS_IMAGE, {
    command: ['node', 'infra/local/sms.mts', '8006'],
    flags: [
      ...publishFlags(ports.sms, 8006),
      ...['-e', 'SMS_STATUS_QUEUE_URL=http://aws:4566/000000000000/milkround-sms-status'],
    ],
  });
  const prepare = start('prepare', IMAGE, {
    command: ['node', 'dist/cli/prepare-local.js'],
    flags: [...HARDENING_FLAGS, ...ENVIRONMENT_FLAGS],
  });
  check('prepares the emulators', engine.run('wait', prepare) === '0');
  return ports;
}

/** Resolves with the seconds from the start of the process until it is ready, without the time of the engine. */
async function startApp(short: string, port: number): Promise<{ container: string; seconds: number }> {
  const container = start(short, IMAGE, {
    flags: [...HARDENING_FLAGS, ...ENVIRONMENT_FLAGS, ...publishFlags(port, 3000)],
  });
  const deadline = Date.now() + READY_TIMEOUT;
  while (!(await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined))?.ok) {
    if (Date.now() > deadline) throw new Error(`Not ready after ${READY_TIMEOUT / 1_000} s:\n${logOf(container)}`);
    await pause(10);
  }
  const readyAt = Date.now();
  const startedAt = Date.parse(
    engine.run('inspect', container, '--format', '{{json .State.StartedAt}}').replaceAll('"', ''),
  );
  return { container, seconds: (readyAt - startedAt) / 1_000 };
}

function logOf(container: string): string {
  const { output, errorOutput } = engine.tryRun('logs', '--tail', '20', container);
  return `${output}\n${errorOutput}`;
}

async function runDemo(port: number, { ses, sms }: { ses: number; sms: number }): Promise<void> {
  const env = { ...process.env, PORT: `${port}`, LOCAL_SES_PORT: `${ses}`, LOCAL_SMS_PORT: `${sms}` };
  const demo = startChildProcess(['infra/local/demo.mts'], { output: 'kept', env });
  const code = await demo.exited;
  check('passes the demo', code === 0);
  if (code !== 0) console.log(demo.tail());
}

function stopAndCheck(container: string): void {
  const stoppedAt = Date.now();
  engine.run('stop', '-t', `${MAX_SECONDS_TO_STOP + 10}`, container);
  const seconds = (Date.now() - stoppedAt) / 1_000;
  const code = engine.run('inspect', container, '--format', '{{.State.ExitCode}}');
  check(
    `exits ${seconds.toFixed(1)} s after SIGTERM, with code ${code}`,
    code === '0' && seconds < MAX_SECONDS_TO_STOP,
  );
}

async function checkRunning(): Promise<void> {
  const ports = await startEmulators();
  const port = await freePort();
  const times: number[] = [];
  for (let nth = 1; nth <= START_COUNT; nth++) {
    const { container, seconds } = await startApp(`app-${nth}`, port);
    times.push(seconds);
    if (nth === START_COUNT) {
      check(
        'passes its health check',
        engine.tryRun('exec', container, 'node', 'infra/image/health-check.mjs').code === 0,
      );
      check('cannot write files', engine.tryRun('exec', container, 'touch', '/app/written').code !== 0);
      await runDemo(port, ports);
    }
    stopAndCheck(container);
  }
  // The best time, because other load on the machine is not the fault of the image.
  const best = Math.min(...times);
  const all = times.map((seconds) => seconds.toFixed(2)).join(', ');
  check(
    `is ready ${best.toFixed(2)} s after its start (best of ${all}; limit ${MAX_SECONDS_TO_READY})`,
    best <= MAX_SECONDS_TO_READY,
  );
}

function cleanUp(): void {
  if (containers.length > 0) engine.tryRun('rm', '-f', ...containers);
  engine.tryRun('network', 'rm', name);
}

console.log(`Building with ${engine.name}`);
build();
process.on('exit', cleanUp);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
checkContents();
await checkRunning();
console.log(failures.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failures.join('; ')}`);
process.exit(failures.length === 0 ? 0 : 1);

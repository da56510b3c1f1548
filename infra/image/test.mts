// `npm run image:test`: builds the image, looks into it, and has the demo walk against it beside its parts.
import '../local/check-node.cjs';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LOCAL_ACCOUNT } from '../local/environment.mts';
import { startLeashed } from '../local/leashed.mts';
import { freePort } from '../local/ports.mts';
import { ROOT } from '../local/root.mts';
import { complaintsAbout } from './contents.mts';
import { Engine } from './engine.mts';

const IMAGE = 'milkround';
const PARTS = 'milkround-parts';
const DATABASE = 'amazon/dynamodb-local:3.1.0';
const MEGABYTES_AT_MOST = 250;
const SECONDS_TO_READY = Number(process.env.IMAGE_READY_SECONDS || 2);
const SECONDS_TO_END = 30;
const STARTS = 3;
const PATIENCE = 60_000;
const KNOWN_VARIABLES = ['PATH', 'NODE_VERSION', 'YARN_VERSION', 'NODE_ENV', 'NODE_COMPILE_CACHE'];

const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

const engine = Engine.find();
const name = `milkround-test-${randomBytes(3).toString('hex')}`;
const started: string[] = [];
const complaints: string[] = [];

function check(what: string, isRight: boolean): void {
  console.log(`${isRight ? '✓' : '✗'} ${what}`);
  if (!isRight) complaints.push(what);
}

function build(): void {
  const revision = (format: string) =>
    spawnSync('git', ['log', '-1', `--format=${format}`], { cwd: ROOT, encoding: 'utf8' }).stdout?.trim() || 'unknown';
  engine.build(IMAGE, { labels: { VERSION, REVISION: revision('%H'), CREATED: revision('%cI') } });
  engine.build(PARTS, { target: 'parts' });
}

function lookInside(): void {
  const inside = (...command: string[]) => engine.ask('run', '--rm', '--entrypoint', '', IMAGE, ...command);
  const { User: user = '', Env: variables, Labels: labels, StopSignal: signal } = settingsOf(IMAGE);

  const megabytes = Math.round(Number.parseInt(inside('du', '-sk', '/app'), 10) / 1_024);
  check(`${megabytes} MB beyond the base, at most ${MEGABYTES_AT_MOST}`, megabytes <= MEGABYTES_AT_MOST);
  check(`its user is ${user}, who is not root`, user === 'node' && inside('id', '-u') !== '0');
  check('it is asked to end by SIGTERM', signal === 'SIGTERM');
  const label = (what: string) => labels[`org.opencontainers.image.${what}`] ?? '';
  check(
    `it says that it is ${label('version')}, and of what it is made`,
    label('version') === VERSION && /^[0-9a-f]{40}$/.test(label('revision')),
  );
  const unknown = variables.map((one) => one.split('=')[0] ?? '').filter((one) => !KNOWN_VARIABLES.includes(one));
  check(`it carries no other variables${unknown.map((one) => ` (${one})`).join('')}`, unknown.length === 0);
  const misplaced = complaintsAbout(inside('find', '/app', '-type', 'f').split('\n'));
  check(['it holds what it needs, and nothing else', ...misplaced].join('; '), misplaced.length === 0);
}

interface Settings {
  readonly User?: string;
  readonly Env: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
}

function settingsOf(image: string): Settings {
  return JSON.parse(engine.ask('image', 'inspect', image, '--format', '{{json .Config}}')) as Settings;
}

/** Starts a container in the network of this test, which others reach by its short name. */
function start(short: string, image: string, { flags = [], command = [] }: { flags?: string[]; command?: string[] }) {
  const container = `${name}-${short}`;
  started.push(container);
  const network = ['--network', name, '--network-alias', short];
  engine.ask('run', '-d', '--name', container, ...network, ...flags, image, ...command);
  return container;
}

function published(port: number, inside: number): string[] {
  return ['-p', `127.0.0.1:${port}:${inside}`];
}

/** As strict as anybody may run it. */
const STRICT = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];
const PROGRAM = Object.entries({
  ...LOCAL_ACCOUNT,
  NODE_ENV: 'development',
  DYNAMODB_ENDPOINT: 'http://dynamodb:8000',
  SQS_ENDPOINT: 'http://aws:4566',
  SNS_ENDPOINT: 'http://aws:4566',
  S3_ENDPOINT: 'http://aws:4566',
  SES_ENDPOINT: 'http://ses:8005',
  SMS_ENDPOINT: 'http://sms:8006',
}).flatMap(([variable, value]) => ['-e', `${variable}=${value}`]);

async function startParts(): Promise<{ ses: number; sms: number }> {
  const ports = { ses: await freePort(), sms: await freePort() };
  engine.ask('network', 'create', name);
  start('dynamodb', DATABASE, { command: ['-jar', 'DynamoDBLocal.jar', '-inMemory', '-sharedDb'] });
  start('aws', PARTS, { command: ['node', 'infra/local/aws.mts', '4566'] });
  start('ses', PARTS, { command: ['node', 'infra/local/ses.mts', '8005'], flags: published(ports.ses, 8005) });
  start('sms', PARTS, { command: ['node', 'infra/local/sms.mts', '8006'], flags: published(ports.sms, 8006) });
  const prepare = start('prepare', IMAGE, {
    command: ['node', 'dist/cli/prepare-local.js'],
    flags: [...STRICT, ...PROGRAM],
  });
  check('it makes its parts ready', engine.ask('wait', prepare) === '0');
  return ports;
}

/** Resolves with the seconds that the program took, without what the engine takes before it. */
async function startProgram(short: string, port: number): Promise<{ container: string; seconds: number }> {
  const container = start(short, IMAGE, { flags: [...STRICT, ...PROGRAM, ...published(port, 3000)] });
  const deadline = Date.now() + PATIENCE;
  while (!(await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined))?.ok) {
    if (Date.now() > deadline) throw new Error(`It is not ready after ${PATIENCE / 1_000} s:\n${logOf(container)}`);
    await pause(10);
  }
  const readyAt = Date.now();
  const startedAt = Date.parse(
    engine.ask('inspect', container, '--format', '{{json .State.StartedAt}}').replaceAll('"', ''),
  );
  return { container, seconds: (readyAt - startedAt) / 1_000 };
}

function logOf(container: string): string {
  const { output, complaint } = engine.try('logs', '--tail', '20', container);
  return `${output}\n${complaint}`;
}

async function walkTheDemo(port: number, { ses, sms }: { ses: number; sms: number }): Promise<void> {
  const env = { ...process.env, PORT: `${port}`, LOCAL_SES_PORT: `${ses}`, LOCAL_SMS_PORT: `${sms}` };
  const demo = startLeashed(['infra/local/demo.mts'], { output: 'kept', env });
  const code = await demo.exited;
  check('the demo walks from the registration to the door', code === 0);
  if (code !== 0) console.log(demo.tail());
}

function end(container: string): void {
  const askedAt = Date.now();
  engine.ask('stop', '-t', `${SECONDS_TO_END + 10}`, container);
  const seconds = (Date.now() - askedAt) / 1_000;
  const code = engine.ask('inspect', container, '--format', '{{.State.ExitCode}}');
  check(
    `it ends ${seconds.toFixed(1)} s after it was asked to, with ${code}`,
    code === '0' && seconds < SECONDS_TO_END,
  );
}

async function runIt(): Promise<void> {
  const parts = await startParts();
  const port = await freePort();
  const times: number[] = [];
  for (let nth = 1; nth <= STARTS; nth++) {
    const { container, seconds } = await startProgram(`app-${nth}`, port);
    times.push(seconds);
    if (nth === STARTS) {
      check('it says that it is well', engine.try('exec', container, 'node', 'infra/image/healthy.mjs').code === 0);
      check('it cannot write', engine.try('exec', container, 'touch', '/app/written').code !== 0);
      await walkTheDemo(port, parts);
    }
    end(container);
  }
  // The best of them: what else the machine is at is not the image's fault.
  const best = Math.min(...times);
  const all = times.map((seconds) => seconds.toFixed(2)).join(', ');
  check(
    `it is ready ${best.toFixed(2)} s after its start (of ${all}), at most ${SECONDS_TO_READY}`,
    best <= SECONDS_TO_READY,
  );
}

function clearUp(): void {
  if (started.length > 0) engine.try('rm', '-f', ...started);
  engine.try('network', 'rm', name);
}

console.log(`Building by ${engine.name}`);
build();
process.on('exit', clearUp);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
lookInside();
await runIt();
console.log(
  complaints.length === 0 ? '\nThe image is as it should be.' : `\nNot as it should be: ${complaints.join('; ')}`,
);
process.exit(complaints.length === 0 ? 0 : 1);

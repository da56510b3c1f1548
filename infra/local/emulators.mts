import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startChildProcess } from './child-process.mts';
import { exitWithError } from './exit-with-error.mts';
import { ensureJava } from './java.mts';
import { assertPortFree, freePort } from './ports.mts';

export type EmulatorName = 'dynamodb' | 'aws' | 'ses' | 'sms' | 'events';
export type Endpoints = Record<EmulatorName, string>;
/** By emulator; 0 chooses a free port. */
export type Ports = Record<EmulatorName, number>;

export interface Emulators {
  endpoints: Endpoints;
  /** Resolves with an error message if an emulator exits unexpectedly. */
  lost: Promise<string>;
  stop(): Promise<void>;
}

interface EmulatorSpec {
  title: string;
  variable: string;
  /** Answers 200 once the emulator is ready. */
  healthPath: string;
  request?: RequestInit;
}

const SPECS: Record<EmulatorName, EmulatorSpec> = {
  dynamodb: {
    title: 'DynamoDB Local',
    variable: 'LOCAL_DYNAMODB_PORT',
    healthPath: '/',
    request: {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, Signature=none',
      },
      body: '{}',
    },
  },
  aws: { title: 'fauxqs (SQS, SNS, S3)', variable: 'LOCAL_AWS_PORT', healthPath: '/health' },
  ses: { title: 'the SES emulator', variable: 'LOCAL_SES_PORT', healthPath: '/health-check' },
  sms: { title: 'the SMS emulator', variable: 'LOCAL_SMS_PORT', healthPath: '/store' },
  events: { title: 'the EventBridge emulator', variable: 'LOCAL_EVENTS_PORT', healthPath: '/store?bus=none' },
};
const NAMES = Object.keys(SPECS) as EmulatorName[];
const START_TIMEOUT = 60_000;

/**
 * Starts the emulators and resolves when all are ready. `dataDir` is a folder, or 'memory'. Ends the program with an error
 * message if Java is missing, a port is in use or an emulator does not start.
 */
export async function startEmulators({ ports, dataDir }: { ports: Ports; dataDir: string }): Promise<Emulators> {
  ensureJava();
  const assigned = await Promise.all(NAMES.map(async (name) => ({ name, port: await portOf(name, ports[name]) })));
  const awsPort = assigned.find(({ name }) => name === 'aws')?.port;
  const queueUrl = (name: string) =>
    `http://127.0.0.1:${awsPort}/000000000000/${process.env.TABLE_PREFIX ?? 'milkround-'}${name}`;
  const env = {
    ...process.env,
    RETURNED_MAIL_QUEUE_URL: queueUrl('mail-returned'),
    SMS_STATUS_QUEUE_URL: queueUrl('sms-status'),
  };
  const emulators = assigned.map(({ name, port }) => startEmulator(name, port, dataDir, env));

  const stop = async (): Promise<void> =>
    void (await Promise.all(emulators.map((emulator) => emulator.process.stop())));
  const lost = Promise.race(emulators.map(failureOf));
  const failure = await Promise.race([lost, waitUntilHealthy(emulators)]);
  if (failure) {
    await stop();
    exitWithError(failure);
  }
  const endpoints = Object.fromEntries(emulators.map(({ name, endpoint }) => [name, endpoint])) as Endpoints;
  return { endpoints, lost, stop };
}

async function portOf(name: EmulatorName, requested: number): Promise<number> {
  if (requested === 0) return freePort();
  await assertPortFree(requested, SPECS[name].title, SPECS[name].variable);
  return requested;
}

type Emulator = ReturnType<typeof startEmulator>;

function startEmulator(name: EmulatorName, port: number, dataDir: string, env: NodeJS.ProcessEnv) {
  const folder = dataDir === 'memory' ? [] : [join(dataDir, name)];
  return {
    name,
    endpoint: `http://127.0.0.1:${port}`,
    process: startChildProcess([join(import.meta.dirname, `${name}.mts`), `${port}`, ...folder], {
      output: 'kept',
      env,
    }),
  };
}

async function failureOf({ name, process }: Emulator): Promise<string> {
  await process.exited;
  return `${SPECS[name].title} exited unexpectedly.\n${process.tail()}`;
}

/** Resolves once every emulator is ready, with an error message if one does not start. */
async function waitUntilHealthy(emulators: Emulator[]): Promise<string | undefined> {
  const failures = await Promise.all(emulators.map(startFailureOf));
  return failures.find((failure) => failure !== undefined);
}

async function startFailureOf({ name, endpoint, process }: Emulator): Promise<string | undefined> {
  const { title, healthPath, request } = SPECS[name];
  const deadline = Date.now() + START_TIMEOUT;
  while (Date.now() < deadline) {
    const response = await fetch(endpoint + healthPath, { ...request, signal: AbortSignal.timeout(5_000) }).catch(
      () => null,
    );
    if (response?.ok) return undefined;
    await pause(50);
  }
  return `${title} does not respond at ${endpoint}.\n${process.tail()}`;
}

// Run directly: starts the emulators in memory, and stops them on a signal or when stdin closes.
if (import.meta.main) {
  const stopRequested = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    process.stdin.once('close', resolve).resume();
  });
  const emulators = await startEmulators({
    ports: { dynamodb: 0, aws: 0, ses: 0, sms: 0, events: 0 },
    dataDir: 'memory',
  });
  console.log(JSON.stringify(emulators.endpoints));

  const reason = await Promise.race([stopRequested, emulators.lost]);
  await emulators.stop();
  if (reason) exitWithError(reason);
  process.exit(0);
}

import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { giveUp } from './give-up.mts';
import { ensureJava } from './java.mts';
import { startLeashed } from './leashed.mts';
import { freePort, refuseBusyPort } from './ports.mts';

export type PartName = 'dynamodb' | 'aws' | 'ses' | 'sms';
export type Endpoints = Record<PartName, string>;
/** 0 means any free port. */
export type Ports = Record<PartName, number>;

export interface Parts {
  endpoints: Endpoints;
  /** Resolves with the reason when a part ends by itself. */
  lost: Promise<string>;
  stop(): Promise<void>;
}

interface Kind {
  title: string;
  variable: string;
  /** What it answers with 200 once it is up. */
  health: string;
  question?: RequestInit;
}

const KINDS: Record<PartName, Kind> = {
  dynamodb: {
    title: 'DynamoDB Local',
    variable: 'LOCAL_DYNAMODB_PORT',
    health: '/',
    question: {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, Signature=none',
      },
      body: '{}',
    },
  },
  aws: { title: 'fauxqs (SQS, SNS, S3)', variable: 'LOCAL_AWS_PORT', health: '/health' },
  ses: { title: 'the SES stand-in', variable: 'LOCAL_SES_PORT', health: '/health-check' },
  sms: { title: 'the SMS stand-in', variable: 'LOCAL_SMS_PORT', health: '/store' },
};
const NAMES = Object.keys(KINDS) as PartName[];
const PATIENCE = 60_000;

/**
 * Starts the stand-ins of AWS and resolves when each of them answers. `dataDir` is a folder, or 'memory'.
 * A missing Java, a port in use or a part that does not start ends the program with a line that says so.
 */
export async function startParts({ ports, dataDir }: { ports: Ports; dataDir: string }): Promise<Parts> {
  ensureJava();
  const chosen = await Promise.all(NAMES.map(async (name) => ({ name, port: await portOf(name, ports[name]) })));
  const parts = chosen.map(({ name, port }) => startPart(name, port, dataDir));

  const stop = async (): Promise<void> => void (await Promise.all(parts.map((part) => part.process.stop())));
  const lost = Promise.race(parts.map(endOf));
  const failure = await Promise.race([lost, allAnswer(parts)]);
  if (failure) {
    await stop();
    giveUp(failure);
  }
  const endpoints = Object.fromEntries(parts.map(({ name, endpoint }) => [name, endpoint])) as Endpoints;
  return { endpoints, lost, stop };
}

async function portOf(name: PartName, wanted: number): Promise<number> {
  if (wanted === 0) return freePort();
  await refuseBusyPort(wanted, KINDS[name].title, KINDS[name].variable);
  return wanted;
}

type Part = ReturnType<typeof startPart>;

function startPart(name: PartName, port: number, dataDir: string) {
  const folder = dataDir === 'memory' ? [] : [join(dataDir, name)];
  return {
    name,
    endpoint: `http://127.0.0.1:${port}`,
    process: startLeashed([join(import.meta.dirname, `${name}.mts`), `${port}`, ...folder], { output: 'kept' }),
  };
}

async function endOf({ name, process }: Part): Promise<string> {
  await process.exited;
  return `${KINDS[name].title} has ended by itself.\n${process.tail()}`;
}

/** Resolves with nothing once every part answers, or with a complaint. */
async function allAnswer(parts: Part[]): Promise<string | undefined> {
  const complaints = await Promise.all(parts.map(complaintOf));
  return complaints.find((complaint) => complaint !== undefined);
}

async function complaintOf({ name, endpoint, process }: Part): Promise<string | undefined> {
  const { title, health, question } = KINDS[name];
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    const answer = await fetch(endpoint + health, { ...question, signal: AbortSignal.timeout(5_000) }).catch(
      () => null,
    );
    if (answer?.ok) return undefined;
    await pause(50);
  }
  return `${title} does not answer at ${endpoint}.\n${process.tail()}`;
}

// As a program: parts in memory for whoever started it, until its stdin closes.
if (import.meta.main) {
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    process.stdin.once('close', resolve).resume();
  });
  const parts = await startParts({ ports: { dynamodb: 0, aws: 0, ses: 0, sms: 0 }, dataDir: 'memory' });
  console.log(JSON.stringify(parts.endpoints));

  const reason = await Promise.race([told, parts.lost]);
  await parts.stop();
  if (reason) giveUp(reason);
  process.exit(0);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from './dynamo/outage';

/** Looks for something that is needed; answers with what is wrong as long as it cannot be used. */
export type Look = () => Promise<string | undefined>;

interface Server {
  readonly server: string;
  /** AWS's own without one. */
  readonly endpoint?: string;
}

const LOOK_AGAIN_MILLISECONDS = 500;
/** A task that may not look is told so when it uses what is there. */
const REFUSED = /^(AccessDenied|AuthorizationError)/;

/** What is needed was not there in time; the message says what. */
export class NeedsUnmet extends Error {
  constructor(lacks: readonly string[], seconds: number) {
    super(`Gave up after ${seconds} s. Milkround needs what is not there:\n${listed(lacks)}`);
  }
}

/**
 * Waits until nothing is wrong any more, so that nobody has to start programs in a certain order. It tells at once what
 * it waits for. `NeedsUnmet` after so many seconds.
 */
export async function untilMet(
  looks: readonly Look[],
  { seconds, tell }: { seconds: number; tell: (news: string) => void },
): Promise<void> {
  const late = AbortSignal.timeout(seconds * 1_000);
  for (let hasTold = false; ; hasTold = true) {
    const found = await Promise.all(looks.map((look) => look()));
    const lacks = [...new Set(found)].filter((lack) => lack !== undefined);
    if (lacks.length === 0) return;
    if (late.aborted) throw new NeedsUnmet(lacks, seconds);
    if (!hasTold) tell(`Waiting, ${seconds} s at most, for what Milkround needs:\n${listed(lacks)}`);
    await sleep(LOOK_AGAIN_MILLISECONDS);
  }
}

/** Whether a server answers. */
export function answerOf({ server, endpoint }: Server, ask: () => Promise<unknown>): Look {
  return async () => {
    try {
      await ask();
      return undefined;
    } catch (error) {
      if (!isOutage(error)) throw error;
      return `${server} does not answer${endpoint ? ` at ${endpoint}` : ''}`;
    }
  };
}

/** Whether a server that answers has something, too; `absent` names the error by which it says no. */
export function existenceOf(what: string, absent: string, server: Server, ask: () => Promise<unknown>): Look {
  const look = answerOf(server, ask);
  return async () => {
    try {
      return await look();
    } catch (error) {
      const { name } = error as Error;
      if (name === absent) return `${what} does not exist`;
      if (REFUSED.test(name)) return undefined;
      throw error;
    }
  };
}

function listed(lacks: readonly string[]): string {
  return lacks.map((lack) => `  - ${lack}`).join('\n');
}

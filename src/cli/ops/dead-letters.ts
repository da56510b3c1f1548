import { instantOf } from '../../kernel/calendar';
import { DeadNotifications } from '../../modules/notification';
import { Clock } from '../../platform/clock';
import { Configuration } from '../../platform/config/configuration';
import { type DeadLetter, DeadLetters } from '../../platform/queue/dead-letters';
import { declaredQueueNames, findDeclaredQueue } from '../../platform/queue/declare-queue';
import { Transaction } from '../../platform/transaction/transaction';
import { ageText, countedLines, countOf, type OperationContext, OperationRefused } from './operation';

/** The most that one call looks at. */
const PEEK_LIMIT = 1_000;
const SHOWN = 10;
/** The fields of a message that say what kind it is. */
const KIND_FIELDS = ['type', 'task', 'eventType', 'notificationType', 'kind'];
/** The fields that are shown: ids and dates. Others can hold addresses and phone numbers. */
const SHOWN_FIELDS = /^(?:[a-z]+Id|date|month|shard)$/;
const SHOWN_VALUE = /^[\w.:#-]{1,80}$/;

/** Prints the number of dead letters of each queue, and the age of the oldest. */
export async function listDeadLetters({ app, print }: OperationContext): Promise<void> {
  const clock = app.get(Clock, { strict: false });
  for (const name of declaredQueueNames().sort()) {
    const url = urlOf(app, name);
    const count = await deadLettersOf(app).count(url);
    const letters = count === 0 ? [] : await deadLettersOf(app).peek(url, PEEK_LIMIT);
    const oldest = Math.min(...letters.map(({ sentAt }) => sentAt));
    const age = letters.length === 0 ? '' : `, oldest sent ${ageText(clock.realNow() - oldest)} ago`;
    print(`${name.padEnd(24)}${countOf(count, 'message')}${age}`);
  }
}

/** Prints the kinds of the dead letters of a queue, their reasons if they are known, and the ids of some. */
export async function showDeadLetters({ app, print }: OperationContext, name: string): Promise<void> {
  const url = urlOf(app, name);
  const [count, letters] = [await deadLettersOf(app).count(url), await deadLettersOf(app).peek(url, PEEK_LIMIT)];
  const seen = letters.length < count ? `. Shown: ${letters.length}` : '';
  print(`${name}: ${countOf(count, 'message')}${seen}.`);
  if (letters.length === 0) return;
  print('By kind:');
  countedLines(letters.map(kindOf)).forEach((line) => print(line));
  if (name.startsWith('notifications')) await printReasons({ app, print }, letters);
  print(`The first ${Math.min(SHOWN, letters.length)}:`);
  letters.slice(0, SHOWN).forEach((letter) => print(describe(letter)));
}

/** Sends the dead letters of a queue again. */
export async function redriveDeadLetters(
  { app, print }: OperationContext,
  name: string,
  perSecond: number,
): Promise<void> {
  const url = urlOf(app, name);
  const messages = await deadLettersOf(app).count(url);
  await app.get(Transaction, { strict: false }).commit([], [{ type: 'dead_letters.redriven', queue: name, messages }]);
  let moved = 0;
  await deadLettersOf(app).redrive(url, perSecond, () => {
    moved += 1;
    if (moved % 100 === 0) print(`Sent ${moved} of about ${messages} again.`);
  });
  const left = await deadLettersOf(app).count(url);
  print(`${name}: sent ${countOf(moved, 'message')} again.${left === 0 ? '' : ` Left: about ${left}.`}`);
}

/** Deletes the dead letters of a queue that are older than an age in milliseconds, or counts them, unless confirmed. */
export async function dropDeadLetters(
  { app, print }: OperationContext,
  name: string,
  { olderThan, isConfirmed }: { readonly olderThan: number; readonly isConfirmed: boolean },
): Promise<void> {
  const url = urlOf(app, name);
  const sentBefore = app.get(Clock, { strict: false }).realNow() - olderThan;
  if (!isConfirmed) {
    const letters = await deadLettersOf(app).peek(url, PEEK_LIMIT);
    const meant = letters.filter(({ sentAt }) => sentAt < sentBefore).length;
    const count = await deadLettersOf(app).count(url);
    const seen = letters.length < count ? ` The queue has ${count}, and all that are old enough are meant.` : '';
    throw new OperationRefused(
      `${meant} of ${countOf(letters.length, 'message')} would be deleted permanently.${seen} Nothing was deleted. ` +
        'Add --yes to delete them.',
    );
  }
  let dropped = 0;
  try {
    await deadLettersOf(app).drop(url, sentBefore, (letter) => {
      dropped += 1;
      print(`Deleted ${describe(letter).trim()}`);
    });
  } finally {
    if (dropped > 0) await recordDropped(app, name, dropped);
  }
  print(`${name}: deleted ${countOf(dropped, 'message')}.`);
}

async function recordDropped(app: OperationContext['app'], queue: string, messages: number): Promise<void> {
  await app.get(Transaction, { strict: false }).commit([], [{ type: 'dead_letters.dropped', queue, messages }]);
}

/** What the log of notifications says about the events of dead letters. */
async function printReasons({ app, print }: OperationContext, letters: readonly DeadLetter[]): Promise<void> {
  const eventIds = letters.flatMap((letter) => {
    const { eventId } = fieldsOf(letter);
    return typeof eventId === 'string' && eventId !== '' ? [eventId] : [];
  });
  const statuses = await app.get(DeadNotifications, { strict: false }).logOf([...new Set(eventIds)]);
  const texts = eventIds.flatMap((eventId) => statuses.get(eventId) ?? []);
  const unknown = eventIds
    .filter((eventId) => statuses.get(eventId)?.length === 0)
    .map(() => 'no entry: it was never tried');
  print('In the log of notifications:');
  countedLines([...texts, ...unknown]).forEach((line) => print(line));
}

function deadLettersOf(app: OperationContext['app']): DeadLetters {
  return app.get(DeadLetters, { strict: false });
}

function urlOf(app: OperationContext['app'], name: string): string {
  const queue = findDeclaredQueue(app.get(Configuration, { strict: false }), name);
  if (queue) return queue.url;
  throw new OperationRefused(`No queue is called ${name}. The queues: ${declaredQueueNames().sort().join(', ')}.`);
}

function describe(letter: DeadLetter): string {
  const fields = Object.entries(fieldsOf(letter));
  const ids = fields.filter(([name, value]) => SHOWN_FIELDS.test(name) && isShown(value));
  const texts = ids.map(([name, value]) => `${name}=${String(value)}`);
  return `        ${instantOf(letter.sentAt)} ${[letter.messageId, kindOf(letter), ...texts].join(' ')}`;
}

function kindOf(letter: DeadLetter): string {
  const fields = fieldsOf(letter);
  return KIND_FIELDS.map((name) => fields[name]).find(isShown) ?? 'unknown kind';
}

function isShown(value: unknown): value is string {
  return typeof value === 'string' && SHOWN_VALUE.test(value);
}

function fieldsOf({ body }: DeadLetter): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(body) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

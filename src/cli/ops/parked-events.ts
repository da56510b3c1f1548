import type { EventType } from '../../events/event-map';
import { type Instant, millisecondsOf } from '../../kernel/calendar';
import { OutboxAdminService, type OutboxState, waitingEventsOf } from '../../modules/operations';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import { ageText, countedLines, countOf, type OperationContext } from './operation';

const PAGE_SIZE = 100;

/** Prints the events that have not reached a subscriber: by type, subscriber and error. */
export async function listEvents({ app, print }: OperationContext, state: OutboxState): Promise<void> {
  const outbox = app.get(OutboxAdminService, { strict: false });
  const texts: string[] = [];
  let oldest: Instant | undefined;
  for await (const rows of iteratePages(PAGE_SIZE, (page) => outbox.list(state, page))) {
    for (const { event, failure } of rows.flatMap(waitingEventsOf)) {
      texts.push([event.type, failure && `at ${failure.subscriber}: ${failure.error}`].filter(Boolean).join(' '));
      if (oldest === undefined || event.occurredAt < oldest) oldest = event.occurredAt;
    }
  }
  const age = oldest && ageText(millisecondsOf(app.get(Clock, { strict: false }).now()) - millisecondsOf(oldest));
  print(`${state}: ${countOf(texts.length, 'event')}${age === undefined ? '' : `, oldest ${age} ago`}.`);
  countedLines(texts).forEach((line) => print(line));
}

/** Makes parked events due again. */
export async function retryEvents({ app, print }: OperationContext, type?: EventType): Promise<void> {
  const outbox = app.get(OutboxAdminService, { strict: false });
  const rows = await (type === undefined ? outbox.retry() : outbox.retryType(type));
  print(`Made the events of ${countOf(rows, 'outbox row')} due again. Running tasks deliver them within seconds.`);
}

import { addDays } from '../../../kernel/calendar';
import { mergePauses } from './pauses';
import type { ChangeWindow, Subscription } from './subscription';

/** Whether the customer is blocked now. */
export function isBlocked({ blocks = [] }: Subscription): boolean {
  return blocks.some(({ to }) => to === undefined);
}

/**
 * Blocks deliveries from the first date that generation has not decided, even if its cutoff has passed. Unblocking
 * allows them again from the first open date.
 */
export function withBlock(subscription: Subscription, blocked: boolean, window: ChangeWindow): Subscription {
  if (isBlocked(subscription) === blocked) return subscription;
  const { blocks = [], generatedThrough } = subscription;
  if (blocked) {
    const firstUndecided = addDays(generatedThrough, 1);
    const from = firstUndecided > window.today ? firstUndecided : window.today;
    return { ...subscription, blocks: mergePauses([...blocks, { from }]) };
  }
  const last = addDays(window.firstOpenDate, -1);
  return { ...subscription, blocks: blocks.flatMap(({ from, to = last }) => (from <= to ? [{ from, to }] : [])) };
}

import type { LostDecision } from '../../generation';
import type { Violation } from './violation';

/** Every planned delivery that generation has decided has its order, or an outcome that says why it has none. */
export function generationViolations(lost: readonly LostDecision[]): Violation[] {
  return lost.map(({ subscriptionId, userId, date, orderId }) => ({
    kind: 'ORDER_MISSING',
    detail: `subscription ${subscriptionId} is decided for ${date}, but has neither this order nor an outcome`,
    userId,
    orderId,
  }));
}

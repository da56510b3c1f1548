import type { PaymentId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';

/** The most payments that an account names, so that it always fits into a DynamoDB item. */
export const MAX_OPEN_PAYMENTS = 200;

/** What a customer still has to pay on delivery. Payments of earlier versions are not counted. */
export interface CashAccount {
  readonly userId: UserId;
  /** The sum of the payments that are named. */
  readonly openAmount: MinorUnits;
  /** The counted payments by cash on delivery that are PENDING. */
  readonly paymentIds: readonly PaymentId[];
  /** Whether an order is known to have been delivered to the customer. */
  readonly hasDelivery: boolean;
}

/** Limits of the open amount. */
export interface CashLimits {
  /** Before the first delivery. */
  readonly first: MinorUnits;
  readonly later: MinorUnits;
}

export function limitFor({ hasDelivery }: Pick<CashAccount, 'hasDelivery'>, { first, later }: CashLimits): MinorUnits {
  return hasDelivery ? Math.max(first, later) : first;
}

interface CountedPayment {
  readonly paymentId: PaymentId;
  readonly amount: MinorUnits;
  readonly status: string;
}

/** The account as its payments say: those that are no longer PENDING do not count. */
export function recount(account: CashAccount, payments: readonly (CountedPayment | undefined)[]): CashAccount {
  const open = payments.filter((payment) => payment?.status === 'PENDING') as CountedPayment[];
  return {
    ...account,
    openAmount: open.reduce((sum, { amount }) => sum + amount, 0),
    paymentIds: open.map(({ paymentId }) => paymentId),
  };
}

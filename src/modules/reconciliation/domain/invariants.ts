import type { OrderId, PaymentId, UserId } from '../../../kernel/ids';
import { type MinorUnits, toMajorUnits } from '../../../kernel/money';
import { type Violation, ViolationCollector } from './violation';

/** The fields that the invariants need. */
interface AuditedPayment {
  readonly paymentId: PaymentId;
  readonly userId: UserId;
  readonly orderId?: OrderId;
  readonly amount: MinorUnits;
  readonly method: string;
  readonly status: string;
  readonly refund?: {
    readonly status: string;
    readonly to: string;
    readonly amount: MinorUnits;
    readonly byHand?: true;
  };
  readonly dispute?: { readonly status: string; readonly amount: MinorUnits; readonly withdrawn: MinorUnits };
}

interface AuditedOrder {
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly status: string;
  readonly amount: MinorUnits;
  /** The order's copy of its payment's fields. */
  readonly payment?: { readonly paymentId: PaymentId; readonly method: string; readonly status: string };
}

interface AuditedEntry {
  readonly entryId: string;
  readonly userId: UserId;
  readonly type: string;
  readonly amount: MinorUnits;
  readonly sourceId: string;
}

interface AuditedCharge {
  readonly paymentId: PaymentId;
  readonly amount: MinorUnits;
  readonly refunded: MinorUnits;
  readonly isDisputed: boolean;
}

/** A wallet, and the sum of its ledger entries. */
export interface WalletFacts {
  readonly wallet: { readonly userId: UserId; readonly balance: MinorUnits };
  readonly sum: MinorUnits;
}

/** A ledger entry, and what must have caused it. */
export interface EntryFacts {
  readonly entry: AuditedEntry;
  readonly hasWallet: boolean;
  /** Whether an admin made the entry. Then its source is no payment. */
  readonly isManual: boolean;
  /** The entries that the payment it names must have caused. Empty if the payment does not exist. */
  readonly expectedEntries: readonly AuditedEntry[];
}

export interface OrderFacts {
  readonly order: AuditedOrder;
  /** The payment that the order names. */
  readonly payment?: AuditedPayment;
}

export interface PaymentFacts {
  readonly payment: AuditedPayment;
  readonly order?: AuditedOrder;
  /** The payment that the order names, if it is a different one. */
  readonly otherPayment?: AuditedPayment;
  /** Whether the delivery of the order failed because of the customer. */
  readonly isRefundWaived: boolean;
  readonly missingEntries: readonly AuditedEntry[];
  /** Whether it is counted as open cash, but its customer's account does not name it. */
  readonly isMissingInAccount?: boolean;
  readonly isGatewayPayment: boolean;
  readonly charge?: AuditedCharge;
}

/** What a customer owes on delivery, and the payments that their account names. */
export interface CashFacts {
  readonly account: {
    readonly userId: UserId;
    readonly openAmount: MinorUnits;
    readonly paymentIds: readonly PaymentId[];
  };
  readonly payments: readonly (AuditedPayment | undefined)[];
}

export interface ChargeFacts {
  readonly charge: AuditedCharge;
  /** The gateway payment of the charge, if it exists. */
  readonly payment?: AuditedPayment;
}

/** The balance equals the sum of the entries, and is not negative. */
export function walletViolations({ wallet: { userId, balance }, sum }: WalletFacts): Violation[] {
  const violations = new ViolationCollector({ userId });
  violations.require(
    balance === sum,
    'BALANCE_WRONG',
    `the balance is ${toMajorUnits(balance)}, the entries add up to ${toMajorUnits(sum)}`,
  );
  violations.require(balance >= 0, 'BALANCE_NEGATIVE', `the balance is ${toMajorUnits(balance)}`);
  return violations.found;
}

/** Every entry belongs to a wallet, and is exactly what the payment it names causes. */
export function entryViolations({ entry, hasWallet, isManual, expectedEntries }: EntryFacts): Violation[] {
  const { userId, entryId, type, amount, sourceId } = entry;
  const violations = new ViolationCollector({ userId, entryId, ...(!isManual && { paymentId: sourceId }) });
  violations.require(hasWallet, 'WALLET_MISSING', `an entry of ${toMajorUnits(amount)} belongs to no wallet`);
  // Earlier versions wrote entries of 0 for orders of 0.
  if (isManual || amount === 0) return violations.found;
  const sameType = expectedEntries.filter((one) => one.type === type);
  const expected = sameType.find((one) => one.sourceId === sourceId) ?? sameType[0];
  if (!expected) {
    const detail = `no payment ${sourceId} causes a ${type} of ${toMajorUnits(amount)}`;
    return violations.add('ENTRY_UNEXPLAINED', detail);
  }
  const isCorrect = expected.entryId === entryId && expected.userId === userId && expected.amount === amount;
  const { entryId: id, userId: ownerId } = expected;
  const detail = `it is ${toMajorUnits(amount)}, but its payment causes ${id} of ${toMajorUnits(expected.amount)} for ${ownerId}`;
  violations.require(isCorrect, 'ENTRY_WRONG', detail);
  return violations.found;
}

/** Every order that is confirmed or later is paid in full. An order with cash on delivery is paid once delivered. */
export function orderViolations({ order, payment }: OrderFacts): Violation[] {
  const { orderId, userId, status, amount, payment: summary } = order;
  const violations = new ViolationCollector({ orderId, userId, paymentId: summary?.paymentId });
  if (!summary) {
    violations.require(!isConfirmedOrLater(order), 'ORDER_UNPAID', `the order is ${status} and has no payment`);
    return violations.found;
  }
  if (payment?.orderId !== orderId) {
    return violations.add(
      'ORDER_UNPAID',
      `the order is ${status}, but its payment ${payment ? 'belongs to another order' : 'does not exist'}`,
    );
  }
  const isPaid = isPaidBy(payment, status);
  const paymentDetail = `its payment by ${payment.method} is ${payment.status}`;
  violations.require(isPaid || !isConfirmedOrLater(order), 'ORDER_UNPAID', `the order is ${status}, ${paymentDetail}`);
  violations.require(
    payment.amount === amount,
    'AMOUNT_WRONG',
    `the order amounts to ${toMajorUnits(amount)}, its payment to ${toMajorUnits(payment.amount)}`,
  );
  const isInSync = summary.status === payment.status && summary.method === payment.method;
  const summaryDetail = `the order says ${summary.method} is ${summary.status}, but ${paymentDetail}`;
  violations.require(isInSync, 'ORDER_OUT_OF_STEP', summaryDetail);
  const hasPendingCash = status === 'CANCELLED' && isCash(payment) && payment.status === 'PENDING';
  violations.require(!hasPendingCash, 'ORDER_OUT_OF_STEP', 'the order is CANCELLED, but cash is still to be collected');
  return violations.found;
}

/**
 * A successful payment has its ledger entries or its charge, and pays exactly one live order. Otherwise it is refunded.
 */
export function paymentViolations(facts: PaymentFacts): Violation[] {
  const { paymentId, orderId, userId } = facts.payment;
  return [
    ...facts.missingEntries.map(({ entryId, userId: ownerId, amount }): Violation => {
      const detail = `the wallet has no entry of ${toMajorUnits(amount)} for this payment`;
      return { kind: 'ENTRY_MISSING', detail, userId: ownerId, entryId, orderId, paymentId };
    }),
    ...(facts.isMissingInAccount
      ? new ViolationCollector({ paymentId, orderId, userId }).add(
          'CASH_WRONG',
          'the account does not name this payment',
        )
      : []),
    ...(facts.isGatewayPayment ? gatewayViolations(facts, new ViolationCollector({ paymentId, orderId, userId })) : []),
    ...(orderId === undefined
      ? []
      : orderPaymentViolations(facts, new ViolationCollector({ paymentId, orderId, userId }))),
  ];
}

/**
 * Every charge has a payment, unless it is refunded. PENDING payments are still being settled, and successful ones are
 * compared with their charge in `paymentViolations`.
 */
export function chargeViolations({ charge, payment }: ChargeFacts): Violation[] {
  const { paymentId, amount, refunded } = charge;
  const isAccountedFor = refunded >= amount || (payment !== undefined && payment.status !== 'FAILED');
  if (isAccountedFor) return [];
  const violations = new ViolationCollector({ paymentId, orderId: payment?.orderId, userId: payment?.userId });
  const problem = payment ? `the payment is ${payment.status}` : 'the payment does not exist';
  return violations.add('CHARGE_UNKNOWN', `the gateway charged ${toMajorUnits(amount - refunded)}, but ${problem}`);
}

/** The open amount of an account is the sum of the payments it names, and these are still to be collected. */
export function cashViolations({ account, payments }: CashFacts): Violation[] {
  const { userId, openAmount, paymentIds } = account;
  const violations = new ViolationCollector({ userId });
  paymentIds.forEach((paymentId, index) => {
    const payment = payments[index];
    const isOpen = payment?.status === 'PENDING' && isCash(payment) && payment.userId === userId;
    const problem = payment ? `is ${payment.method} and ${payment.status}, of ${payment.userId}` : 'does not exist';
    if (!isOpen) violations.add('CASH_WRONG', `the payment to collect ${problem}`, { paymentId });
  });
  const sum = payments.reduce((total, payment) => total + (payment?.amount ?? 0), 0);
  violations.require(
    openAmount === sum,
    'CASH_WRONG',
    `the cash to collect is ${toMajorUnits(openAmount)}, its payments add up to ${toMajorUnits(sum)}`,
  );
  return violations.found;
}

function gatewayViolations({ payment, charge }: PaymentFacts, violations: ViolationCollector): Violation[] {
  const { status, amount, refund: recorded, dispute } = payment;
  if (status !== 'SUCCESS' && status !== 'REFUNDED') return [];
  if (!charge) return violations.add('CHARGE_MISSING', `the payment is ${status}, but the gateway has no charge`);
  const { amount: charged, refunded, isDisputed } = charge;
  const isCorrect = charged === amount;
  violations.require(
    isCorrect,
    'CHARGE_WRONG',
    `the payment is ${toMajorUnits(amount)}, the charge ${toMajorUnits(charged)}`,
  );
  const isKnown = dispute !== undefined || !isDisputed;
  violations.require(isKnown, 'DISPUTE_UNKNOWN', 'the gateway has a dispute of the charge, but the payment has none');
  const refund = `the gateway refunded ${toMajorUnits(refunded)} of ${toMajorUnits(charged)}`;
  if (status === 'REFUNDED') {
    const credited = recorded?.to === 'WALLET' ? recorded.amount : 0;
    const detail = credited > 0 ? `the wallet was credited ${toMajorUnits(credited)}, and ${refund}` : `but ${refund}`;
    violations.require(refunded + credited >= charged, 'REFUND_MISSING', `it is REFUNDED, ${detail}`);
    violations.require(refunded + credited <= charged, 'REFUNDED_TWICE', `it is REFUNDED, ${detail}`);
  } else {
    const expected = recorded && recorded.status !== 'FAILED' ? recorded.amount : 0;
    violations.require(refunded === expected, 'REFUND_UNKNOWN', `the payment is SUCCESS, but ${refund}`);
  }
  return violations.found;
}

function orderPaymentViolations(
  { payment, order, otherPayment, isRefundWaived }: PaymentFacts,
  violations: ViolationCollector,
): Violation[] {
  if (payment.status !== 'SUCCESS') return [];
  if (!order) return violations.add('PAYMENT_ASTRAY', 'the payment is SUCCESS, but its order does not exist');
  const { status, payment: summary } = order;
  if (summary?.paymentId !== payment.paymentId) {
    const otherPaymentId = summary?.paymentId;
    const isPaidTwice =
      otherPayment?.status === 'SUCCESS' || (otherPayment && isCash(otherPayment) && isConfirmedOrLater(order));
    return isPaidTwice
      ? violations.add('PAID_TWICE', `another payment of the order is ${otherPayment.status}`, { otherPaymentId })
      : violations.add('PAYMENT_ASTRAY', `the order is ${status} and does not name this payment`, { otherPaymentId });
  }
  if (hasCash(payment) && status !== 'DELIVERED') {
    return violations.add('PAYMENT_ASTRAY', `the cash was collected, but the order is ${status}`);
  }
  if (status === 'CANCELLED') {
    // A disputed charge cannot be refunded: the bank gives the money back, or the dispute is won.
    const isDecidedByBank = payment.dispute?.status === 'OPEN' || payment.dispute?.status === 'LOST';
    const isAccountedFor = isRefundWaived || isDecidedByBank;
    violations.require(isAccountedFor, 'REFUND_MISSING', 'the order is CANCELLED, but its payment was not refunded');
  } else {
    violations.require(
      isConfirmedOrLater(order),
      'PAYMENT_ASTRAY',
      `the payment is SUCCESS, but the order is ${status}`,
    );
  }
  return violations.found;
}

function isCash({ method }: AuditedPayment): boolean {
  return method === 'COD';
}

/** An order of 0 is paid at once, because there is no cash to collect. */
function hasCash(payment: AuditedPayment): boolean {
  return isCash(payment) && payment.amount > 0;
}

/** Whether a payment covers its order. Cash is collected with the delivery. */
function isPaidBy(payment: AuditedPayment, orderStatus: string): boolean {
  if (payment.status === 'PENDING') return isCash(payment) && orderStatus !== 'DELIVERED';
  // A refund by hand does not cancel the order.
  if (payment.status === 'REFUNDED') return payment.refund?.byHand === true;
  return payment.status === 'SUCCESS' && (orderStatus === 'DELIVERED' || !hasCash(payment));
}

/** Confirmed or later, and not cancelled. */
function isConfirmedOrLater({ status }: AuditedOrder): boolean {
  return ['CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED'].includes(status);
}

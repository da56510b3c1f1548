import type { OrderId, PaymentId, UserId } from '../../../kernel/ids';
import { type MinorUnits, toMajorUnits } from '../../../kernel/money';

export const VIOLATION_KINDS = [
  'BALANCE_WRONG',
  'BALANCE_NEGATIVE',
  'WALLET_MISSING',
  'ENTRY_MISSING',
  'ENTRY_UNEXPLAINED',
  'ENTRY_WRONG',
  'ORDER_UNPAID',
  'ORDER_OUT_OF_STEP',
  'AMOUNT_WRONG',
  'PAID_TWICE',
  'PAYMENT_ASTRAY',
  'REFUND_MISSING',
  'REFUND_UNKNOWN',
  'CHARGE_MISSING',
  'CHARGE_WRONG',
  'CHARGE_UNKNOWN',
] as const;
export type ViolationKind = (typeof VIOLATION_KINDS)[number];

export interface SubjectIds {
  readonly userId?: UserId;
  readonly entryId?: string;
  readonly orderId?: OrderId;
  readonly paymentId?: PaymentId;
  readonly otherPaymentId?: PaymentId;
}

/** Something in the books that cannot be, in words, and where to look. */
export interface Violation extends SubjectIds {
  readonly kind: ViolationKind;
  readonly detail: string;
}

/** What the laws look at; the modules themselves know more. */
interface AuditedPayment {
  readonly paymentId: PaymentId;
  readonly userId: UserId;
  readonly orderId?: OrderId;
  readonly amount: MinorUnits;
  readonly method: string;
  readonly status: string;
}

interface AuditedOrder {
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly status: string;
  readonly amount: MinorUnits;
  /** What the order says of its payment. */
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
}

/** A wallet, and what its entries come to. */
export interface WalletFacts {
  readonly wallet: { readonly userId: UserId; readonly balance: MinorUnits };
  readonly sum: MinorUnits;
}

/** An entry, and what must have caused it. */
export interface EntryFacts {
  readonly entry: AuditedEntry;
  readonly hasWallet: boolean;
  /** Moved by hand: its source is the entry itself. */
  readonly isManual: boolean;
  /** The entries that the payment it names must have made; none when there is no such payment. */
  readonly expectedEntries: readonly AuditedEntry[];
}

export interface OrderFacts {
  readonly order: AuditedOrder;
  /** The payment that the order says is its own. */
  readonly payment?: AuditedPayment;
}

export interface PaymentFacts {
  readonly payment: AuditedPayment;
  readonly order?: AuditedOrder;
  /** The payment that the order says is its own, when that is another one. */
  readonly otherPayment?: AuditedPayment;
  /** Whether the order's delivery has failed by the customer's own doing. */
  readonly isRefundWaived: boolean;
  readonly missingEntries: readonly AuditedEntry[];
  readonly isGatewayPayment: boolean;
  readonly charge?: AuditedCharge;
}

export interface ChargeFacts {
  readonly charge: AuditedCharge;
  /** The payment it was made for, when that is one of the gateway's. */
  readonly payment?: AuditedPayment;
}

/** Sum of entries = balance, never below zero. */
export function walletViolations({ wallet: { userId, balance }, sum }: WalletFacts): Violation[] {
  const violations = new ViolationCollector({ userId });
  violations.require(
    balance === sum,
    'BALANCE_WRONG',
    `the balance is ${toMajorUnits(balance)}, the entries come to ${toMajorUnits(sum)}`,
  );
  violations.require(balance >= 0, 'BALANCE_NEGATIVE', `the balance is ${toMajorUnits(balance)}`);
  return violations.found;
}

/** Every entry is in a wallet, and exactly what the payment it names has made. */
export function entryViolations({ entry, hasWallet, isManual, expectedEntries }: EntryFacts): Violation[] {
  const { userId, entryId, type, amount, sourceId } = entry;
  const violations = new ViolationCollector({ userId, entryId, ...(!isManual && { paymentId: sourceId }) });
  violations.require(hasWallet, 'WALLET_MISSING', `an entry of ${toMajorUnits(amount)} is in no wallet`);
  if (isManual) return violations.found;
  const expected = expectedEntries.find((one) => one.type === type);
  if (!expected) {
    const why = `no payment ${sourceId} has made a ${type} of ${toMajorUnits(amount)}`;
    return violations.add('ENTRY_UNEXPLAINED', why);
  }
  const isCorrect = expected.entryId === entryId && expected.userId === userId && expected.amount === amount;
  const { entryId: id, userId: ownerId } = expected;
  const what = `it is ${toMajorUnits(amount)}; its payment has made ${id} of ${toMajorUnits(expected.amount)} for ${ownerId}`;
  violations.require(isCorrect, 'ENTRY_WRONG', what);
  return violations.found;
}

/** Every order that is confirmed or later is paid, whole; or will be at the door, and is when it was delivered. */
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
      `the order is ${status}, and its payment ${payment ? 'is not its' : 'is none'}`,
    );
  }
  const isPaid = payment.status === (isCash(payment) && status !== 'DELIVERED' ? 'PENDING' : 'SUCCESS');
  const how = `its payment by ${payment.method} is ${payment.status}`;
  violations.require(isPaid || !isConfirmedOrLater(order), 'ORDER_UNPAID', `the order is ${status}, ${how}`);
  violations.require(
    payment.amount === amount,
    'AMOUNT_WRONG',
    `the order comes to ${toMajorUnits(amount)}, its payment to ${toMajorUnits(payment.amount)}`,
  );
  const isInSync = summary.status === payment.status && summary.method === payment.method;
  const summaryDetail = `the order says ${summary.method} is ${summary.status}, ${how}`;
  violations.require(isInSync, 'ORDER_OUT_OF_STEP', summaryDetail);
  const isCollectedYet = status === 'CANCELLED' && isCash(payment) && payment.status === 'PENDING';
  violations.require(!isCollectedYet, 'ORDER_OUT_OF_STEP', 'the order is CANCELLED, and cash is still to be collected');
  return violations.found;
}

/** Money that came is in the wallet or with the gateway, for one live order; or it went back where it came from. */
export function paymentViolations(facts: PaymentFacts): Violation[] {
  const { paymentId, orderId, userId } = facts.payment;
  return [
    ...facts.missingEntries.map(({ entryId, userId: ownerId, amount }): Violation => {
      const detail = `the wallet has no entry of ${toMajorUnits(amount)} for this payment`;
      return { kind: 'ENTRY_MISSING', detail, userId: ownerId, entryId, orderId, paymentId };
    }),
    ...(facts.isGatewayPayment ? gatewayViolations(facts, new ViolationCollector({ paymentId, orderId, userId })) : []),
    ...(orderId === undefined
      ? []
      : orderPaymentViolations(facts, new ViolationCollector({ paymentId, orderId, userId }))),
  ];
}

/** Nothing is charged and unknown. A payment that is PENDING is still asked about; others are compared with their charge. */
export function chargeViolations({ charge, payment }: ChargeFacts): Violation[] {
  const { paymentId, amount, refunded } = charge;
  const isAccountedFor = refunded >= amount || (payment !== undefined && payment.status !== 'FAILED');
  if (isAccountedFor) return [];
  const violations = new ViolationCollector({ paymentId, orderId: payment?.orderId, userId: payment?.userId });
  const what = payment ? `the payment is ${payment.status}` : 'there is no such payment';
  return violations.add('CHARGE_UNKNOWN', `the gateway has charged ${toMajorUnits(amount - refunded)}, and ${what}`);
}

function gatewayViolations({ payment, charge }: PaymentFacts, violations: ViolationCollector): Violation[] {
  const { status, amount } = payment;
  if (status !== 'SUCCESS' && status !== 'REFUNDED') return [];
  if (!charge) return violations.add('CHARGE_MISSING', `the payment is ${status}, and the gateway has charged nothing`);
  const { amount: charged, refunded } = charge;
  const isCorrect = charged === amount;
  violations.require(
    isCorrect,
    'CHARGE_WRONG',
    `the payment is ${toMajorUnits(amount)}, the charge ${toMajorUnits(charged)}`,
  );
  const given = `the gateway has given ${toMajorUnits(refunded)} of ${toMajorUnits(charged)} back`;
  if (status === 'REFUNDED') violations.require(refunded === charged, 'REFUND_MISSING', `it is REFUNDED, and ${given}`);
  else violations.require(refunded === 0, 'REFUND_UNKNOWN', `the payment is SUCCESS, and ${given}`);
  return violations.found;
}

function orderPaymentViolations(
  { payment, order, otherPayment, isRefundWaived }: PaymentFacts,
  violations: ViolationCollector,
): Violation[] {
  if (payment.status !== 'SUCCESS') return [];
  if (!order) return violations.add('PAYMENT_ASTRAY', 'the payment is SUCCESS, and there is no such order');
  const { status, payment: summary } = order;
  if (summary?.paymentId !== payment.paymentId) {
    const otherPaymentId = summary?.paymentId;
    const isPaidTwice =
      otherPayment?.status === 'SUCCESS' || (otherPayment && isCash(otherPayment) && isConfirmedOrLater(order));
    return isPaidTwice
      ? violations.add('PAID_TWICE', `another payment of the order is ${otherPayment.status}`, { otherPaymentId })
      : violations.add('PAYMENT_ASTRAY', `the order is ${status} and does not know this payment`, { otherPaymentId });
  }
  if (isCash(payment) && status !== 'DELIVERED') {
    return violations.add('PAYMENT_ASTRAY', `cash is collected, and the order is ${status}`);
  }
  if (status === 'CANCELLED') {
    violations.require(isRefundWaived, 'REFUND_MISSING', 'the order is CANCELLED, and its payment was not given back');
  } else {
    violations.require(
      isConfirmedOrLater(order),
      'PAYMENT_ASTRAY',
      `the payment is SUCCESS, and the order is ${status}`,
    );
  }
  return violations.found;
}

function isCash({ method }: AuditedPayment): boolean {
  return method === 'COD';
}

/** Confirmed or later, and not cancelled. */
function isConfirmedOrLater({ status }: AuditedOrder): boolean {
  return ['CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED'].includes(status);
}

/** What is found about one subject, whose ids all of it carries. */
class ViolationCollector {
  readonly found: Violation[] = [];

  constructor(private readonly ids: SubjectIds) {}

  require(holds: boolean, kind: ViolationKind, detail: string): void {
    if (!holds) this.add(kind, detail);
  }

  add(kind: ViolationKind, detail: string, more: SubjectIds = {}): Violation[] {
    this.found.push({ kind, detail, ...this.ids, ...more });
    return this.found;
  }
}

import type { OrderId, PaymentId, UserId } from '../../kernel/ids';
import { type MinorUnits, toMajorUnits } from '../../kernel/money';

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

export interface Ids {
  readonly userId?: UserId;
  readonly entryId?: string;
  readonly orderId?: OrderId;
  readonly paymentId?: PaymentId;
  readonly otherPaymentId?: PaymentId;
}

/** Something in the books that cannot be, in words, and where to look. */
export interface Violation extends Ids {
  readonly kind: ViolationKind;
  readonly detail: string;
}

/** What the laws look at; the modules themselves know more. */
interface SeenPayment {
  readonly paymentId: PaymentId;
  readonly userId: UserId;
  readonly orderId?: OrderId;
  readonly amount: MinorUnits;
  readonly method: string;
  readonly status: string;
}

interface SeenOrder {
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly status: string;
  readonly amount: MinorUnits;
  /** What the order says of its payment. */
  readonly payment?: { readonly paymentId: PaymentId; readonly method: string; readonly status: string };
}

interface SeenEntry {
  readonly entryId: string;
  readonly userId: UserId;
  readonly type: string;
  readonly amount: MinorUnits;
  readonly sourceId: string;
}

interface SeenCharge {
  readonly paymentId: PaymentId;
  readonly amount: MinorUnits;
  readonly refunded: MinorUnits;
}

/** A wallet, and what its entries come to. */
export interface WalletAccount {
  readonly wallet: { readonly userId: UserId; readonly balance: MinorUnits };
  readonly sum: MinorUnits;
}

/** An entry, and what must have caused it. */
export interface EntryAccount {
  readonly entry: SeenEntry;
  readonly hasWallet: boolean;
  /** Moved by hand: its source is the entry itself. */
  readonly isByHand: boolean;
  /** The entries that the payment it names must have made; none when there is no such payment. */
  readonly made: readonly SeenEntry[];
}

export interface OrderAccount {
  readonly order: SeenOrder;
  /** The payment that the order says is its own. */
  readonly payment?: SeenPayment;
}

export interface PaymentAccount {
  readonly payment: SeenPayment;
  readonly order?: SeenOrder;
  /** The payment that the order says is its own, when that is another one. */
  readonly other?: SeenPayment;
  /** Whether the order's delivery has failed by the customer's own doing. */
  readonly isKept: boolean;
  readonly missingEntries: readonly SeenEntry[];
  readonly isByGateway: boolean;
  readonly charge?: SeenCharge;
}

export interface ChargeAccount {
  readonly charge: SeenCharge;
  /** The payment it was made for, when that is one of the gateway's. */
  readonly payment?: SeenPayment;
}

/** Sum of entries = balance, never below zero. */
export function walletViolations({ wallet: { userId, balance }, sum }: WalletAccount): Violation[] {
  const violations = new Violations({ userId });
  violations.unless(
    balance === sum,
    'BALANCE_WRONG',
    `the balance is ${toMajorUnits(balance)}, the entries come to ${toMajorUnits(sum)}`,
  );
  violations.unless(balance >= 0, 'BALANCE_NEGATIVE', `the balance is ${toMajorUnits(balance)}`);
  return violations.found;
}

/** Every entry is in a wallet, and exactly what the payment it names has made. */
export function entryViolations({ entry, hasWallet, isByHand, made }: EntryAccount): Violation[] {
  const { userId, entryId, type, amount, sourceId } = entry;
  const violations = new Violations({ userId, entryId, ...(!isByHand && { paymentId: sourceId }) });
  violations.unless(hasWallet, 'WALLET_MISSING', `an entry of ${toMajorUnits(amount)} is in no wallet`);
  if (isByHand) return violations.found;
  const right = made.find((one) => one.type === type);
  if (!right) {
    const why = `no payment ${sourceId} has made a ${type} of ${toMajorUnits(amount)}`;
    return violations.and('ENTRY_UNEXPLAINED', why);
  }
  const isRight = right.entryId === entryId && right.userId === userId && right.amount === amount;
  const { entryId: id, userId: whose } = right;
  const what = `it is ${toMajorUnits(amount)}; its payment has made ${id} of ${toMajorUnits(right.amount)} for ${whose}`;
  violations.unless(isRight, 'ENTRY_WRONG', what);
  return violations.found;
}

/** Every order that is confirmed or later is paid, whole; or will be at the door, and is when it was delivered. */
export function orderViolations({ order, payment }: OrderAccount): Violation[] {
  const { orderId, userId, status, amount, payment: summary } = order;
  const violations = new Violations({ orderId, userId, paymentId: summary?.paymentId });
  if (!summary) {
    violations.unless(!isLive(order), 'ORDER_UNPAID', `the order is ${status} and has no payment`);
    return violations.found;
  }
  if (payment?.orderId !== orderId) {
    return violations.and(
      'ORDER_UNPAID',
      `the order is ${status}, and its payment ${payment ? 'is not its' : 'is none'}`,
    );
  }
  const isPaid = payment.status === (isCash(payment) && status !== 'DELIVERED' ? 'PENDING' : 'SUCCESS');
  const how = `its payment by ${payment.method} is ${payment.status}`;
  violations.unless(isPaid || !isLive(order), 'ORDER_UNPAID', `the order is ${status}, ${how}`);
  violations.unless(
    payment.amount === amount,
    'AMOUNT_WRONG',
    `the order comes to ${toMajorUnits(amount)}, its payment to ${toMajorUnits(payment.amount)}`,
  );
  const isInStep = summary.status === payment.status && summary.method === payment.method;
  const said = `the order says ${summary.method} is ${summary.status}, ${how}`;
  violations.unless(isInStep, 'ORDER_OUT_OF_STEP', said);
  const isCollectedYet = status === 'CANCELLED' && isCash(payment) && payment.status === 'PENDING';
  violations.unless(!isCollectedYet, 'ORDER_OUT_OF_STEP', 'the order is CANCELLED, and cash is still to be collected');
  return violations.found;
}

/** Money that came is in the wallet or with the gateway, for one live order; or it went back where it came from. */
export function paymentViolations(account: PaymentAccount): Violation[] {
  const { paymentId, orderId, userId } = account.payment;
  return [
    ...account.missingEntries.map(({ entryId, userId: whose, amount }): Violation => {
      const detail = `the wallet has no entry of ${toMajorUnits(amount)} for this payment`;
      return { kind: 'ENTRY_MISSING', detail, userId: whose, entryId, orderId, paymentId };
    }),
    ...(account.isByGateway ? atTheGateway(account, new Violations({ paymentId, orderId, userId })) : []),
    ...(orderId === undefined ? [] : ofItsOrder(account, new Violations({ paymentId, orderId, userId }))),
  ];
}

/** Nothing is charged and unknown. A payment that is PENDING is still asked about; others are compared with their charge. */
export function chargeViolations({ charge, payment }: ChargeAccount): Violation[] {
  const { paymentId, amount, refunded } = charge;
  const isAccountedFor = refunded >= amount || (payment !== undefined && payment.status !== 'FAILED');
  if (isAccountedFor) return [];
  const violations = new Violations({ paymentId, orderId: payment?.orderId, userId: payment?.userId });
  const what = payment ? `the payment is ${payment.status}` : 'there is no such payment';
  return violations.and('CHARGE_UNKNOWN', `the gateway has charged ${toMajorUnits(amount - refunded)}, and ${what}`);
}

function atTheGateway({ payment, charge }: PaymentAccount, violations: Violations): Violation[] {
  const { status, amount } = payment;
  if (status !== 'SUCCESS' && status !== 'REFUNDED') return [];
  if (!charge) return violations.and('CHARGE_MISSING', `the payment is ${status}, and the gateway has charged nothing`);
  const { amount: charged, refunded } = charge;
  const isRight = charged === amount;
  violations.unless(
    isRight,
    'CHARGE_WRONG',
    `the payment is ${toMajorUnits(amount)}, the charge ${toMajorUnits(charged)}`,
  );
  const given = `the gateway has given ${toMajorUnits(refunded)} of ${toMajorUnits(charged)} back`;
  if (status === 'REFUNDED') violations.unless(refunded === charged, 'REFUND_MISSING', `it is REFUNDED, and ${given}`);
  else violations.unless(refunded === 0, 'REFUND_UNKNOWN', `the payment is SUCCESS, and ${given}`);
  return violations.found;
}

function ofItsOrder({ payment, order, other, isKept }: PaymentAccount, violations: Violations): Violation[] {
  if (payment.status !== 'SUCCESS') return [];
  if (!order) return violations.and('PAYMENT_ASTRAY', 'the payment is SUCCESS, and there is no such order');
  const { status, payment: summary } = order;
  if (summary?.paymentId !== payment.paymentId) {
    const otherPaymentId = summary?.paymentId;
    const isTwice = other?.status === 'SUCCESS' || (other && isCash(other) && isLive(order));
    return isTwice
      ? violations.and('PAID_TWICE', `another payment of the order is ${other.status}`, { otherPaymentId })
      : violations.and('PAYMENT_ASTRAY', `the order is ${status} and does not know this payment`, { otherPaymentId });
  }
  if (isCash(payment) && status !== 'DELIVERED') {
    return violations.and('PAYMENT_ASTRAY', `cash is collected, and the order is ${status}`);
  }
  if (status === 'CANCELLED') {
    violations.unless(isKept, 'REFUND_MISSING', 'the order is CANCELLED, and its payment was not given back');
  } else {
    violations.unless(isLive(order), 'PAYMENT_ASTRAY', `the payment is SUCCESS, and the order is ${status}`);
  }
  return violations.found;
}

function isCash({ method }: SeenPayment): boolean {
  return method === 'COD';
}

/** Confirmed or later, and not cancelled. */
function isLive({ status }: SeenOrder): boolean {
  return ['CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED'].includes(status);
}

/** What is found about one subject, whose ids all of it carries. */
class Violations {
  readonly found: Violation[] = [];

  constructor(private readonly ids: Ids) {}

  unless(holds: boolean, kind: ViolationKind, detail: string): void {
    if (!holds) this.and(kind, detail);
  }

  and(kind: ViolationKind, detail: string, more: Ids = {}): Violation[] {
    this.found.push({ kind, detail, ...this.ids, ...more });
    return this.found;
  }
}

import {
  chargeViolations,
  entryViolations,
  type OrderFacts,
  orderViolations,
  type PaymentFacts,
  paymentViolations,
  walletViolations,
} from './invariants';
import { paymentNotices } from './notices';
import type { SubjectIds, Violation } from './violation';

const ids: SubjectIds = { paymentId: 'PAY1', orderId: 'O1', userId: 'U1' };
const PAYMENT: PaymentFacts['payment'] = {
  paymentId: 'PAY1',
  orderId: 'O1',
  userId: 'U1',
  amount: 3_000,
  method: 'CARD',
  status: 'SUCCESS',
};
const CASH = { ...PAYMENT, method: 'COD', status: 'PENDING' };
const CHARGE = { paymentId: 'PAY1', amount: 3_000, refunded: 0, isDisputed: false };

const summaryOf = ({ paymentId, method, status } = PAYMENT) => ({ paymentId, method, status });
const anOrder = (status = 'CONFIRMED', payment = PAYMENT) => {
  return { orderId: 'O1', userId: 'U1', status, amount: 3_000, payment: summaryOf(payment) };
};
const ofPayment = (differs: Partial<PaymentFacts> = {}) => {
  const payment = differs.payment ?? PAYMENT;
  return paymentViolations({
    payment,
    order: anOrder('CONFIRMED', payment),
    isRefundWaived: false,
    missingEntries: [],
    isGatewayPayment: payment.method === 'CARD',
    charge: CHARGE,
    ...differs,
  });
};
const ofOrder = (order: Partial<OrderFacts['order']>, payment: OrderFacts['payment'] = PAYMENT) =>
  orderViolations({ order: { ...anOrder('CONFIRMED', payment), ...order }, payment });
const kinds = (violations: readonly Violation[]) => violations.map(({ kind }) => kind);

describe('the invariants of the reconciliation', () => {
  it('require a balance that equals the sum of its entries and is not negative', () => {
    expect(walletViolations({ wallet: { userId: 'U1', balance: 500 }, sum: 500 })).toEqual([]);
    expect(walletViolations({ wallet: { userId: 'U1', balance: -500 }, sum: -500 })).toEqual([
      { kind: 'BALANCE_NEGATIVE', detail: 'the balance is -5', userId: 'U1' },
    ]);
  });

  it('tolerate the entries of 0 that earlier versions wrote', () => {
    const entry = { entryId: 'PAYMENT-PAY1', userId: 'U1', type: 'PAYMENT', amount: 0, sourceId: 'PAY1' };
    const facts = { hasWallet: true, isManual: false, expectedEntries: [] };
    expect(entryViolations({ entry, ...facts })).toEqual([]);
    expect(kinds(entryViolations({ entry: { ...entry, amount: -1 }, ...facts }))).toEqual(['ENTRY_UNEXPLAINED']);
  });

  const toWallet = { status: 'FAILED', to: 'WALLET', amount: 3_000 };
  const partByHand = { status: 'SUCCEEDED', to: 'SOURCE', amount: 1_000, byHand: true } as const;
  const dispute = { status: 'OPEN', amount: 3_000, withdrawn: 3_000 };

  it.each<[string, Partial<PaymentFacts>]>([
    ['of a live order', {}],
    ['whose failed refund is in the wallet', { payment: { ...PAYMENT, status: 'REFUNDED', refund: toWallet } }],
    [
      'whose refund failed in part',
      {
        payment: { ...PAYMENT, status: 'REFUNDED', refund: { ...toWallet, amount: 2_000 } },
        charge: { ...CHARGE, refunded: 1_000 },
      },
    ],
    [
      'that was partly refunded by hand',
      { payment: { ...PAYMENT, refund: partByHand }, charge: { ...CHARGE, refunded: 1_000 } },
    ],
    ['whose refund by hand has failed', { payment: { ...PAYMENT, refund: { ...partByHand, status: 'FAILED' } } }],
    ['that is disputed', { payment: { ...PAYMENT, dispute }, charge: { ...CHARGE, isDisputed: true } }],
    [
      'of a cancelled order that the bank decides about',
      { payment: { ...PAYMENT, dispute }, order: anOrder('CANCELLED'), charge: { ...CHARGE, isDisputed: true } },
    ],
    ['of an order of 0 with cash on delivery', { payment: { ...CASH, amount: 0, status: 'SUCCESS' } }],
    ['of a delivered order', { order: anOrder('DELIVERED') }],
    ['of a delivery that failed because of the customer', { order: anOrder('CANCELLED'), isRefundWaived: true }],
    ['collected on delivery', { payment: { ...CASH, status: 'SUCCESS' }, order: anOrder('DELIVERED', CASH) }],
    [
      'that is pending although it is charged',
      { payment: { ...PAYMENT, status: 'PENDING' }, order: anOrder('CREATED') },
    ],
    ['that was declined', { payment: { ...PAYMENT, status: 'FAILED' }, charge: undefined, order: undefined }],
    ['that was refunded', { payment: { ...PAYMENT, status: 'REFUNDED' }, charge: { ...CHARGE, refunded: 3_000 } }],
  ])('accept a payment %s', (_, account) => {
    expect(ofPayment(account)).toEqual([]);
  });

  const other = { ...PAYMENT, paymentId: 'PAY2' };
  it.each<[string, Partial<PaymentFacts>, Partial<Violation>]>([
    ['whose order does not exist', { order: undefined }, { kind: 'PAYMENT_ASTRAY' }],
    ['of an order that is not confirmed', { order: anOrder('CREATED') }, { kind: 'PAYMENT_ASTRAY' }],
    ['of an order that names no payment', { order: { ...anOrder(), payment: undefined } }, { kind: 'PAYMENT_ASTRAY' }],
    [
      'of an order that names another payment, which failed',
      { order: anOrder('CREATED', other), otherPayment: { ...other, status: 'FAILED' } },
      { kind: 'PAYMENT_ASTRAY', otherPaymentId: 'PAY2' },
    ],
    [
      'of an order that another payment has paid',
      { order: anOrder('DELIVERED', other), otherPayment: other },
      { kind: 'PAID_TWICE', otherPaymentId: 'PAY2' },
    ],
    [
      'of an order with cash on delivery',
      { order: anOrder('CONFIRMED', other), otherPayment: { ...CASH, paymentId: 'PAY2' } },
      { kind: 'PAID_TWICE', otherPaymentId: 'PAY2' },
    ],
    ['of a cancelled order', { order: anOrder('CANCELLED') }, { kind: 'REFUND_MISSING' }],
    ['in cash before the delivery', { payment: { ...CASH, status: 'SUCCESS' } }, { kind: 'PAYMENT_ASTRAY' }],
    ['that was not charged', { charge: undefined }, { kind: 'CHARGE_MISSING' }],
    ['that was charged a paisa more', { charge: { ...CHARGE, amount: 3_001 } }, { kind: 'CHARGE_WRONG' }],
    ['that was partly refunded', { charge: { ...CHARGE, refunded: 1 } }, { kind: 'REFUND_UNKNOWN' }],
    [
      'whose refund is in the wallet and on the card',
      { payment: { ...PAYMENT, status: 'REFUNDED', refund: toWallet }, charge: { ...CHARGE, refunded: 3_000 } },
      { kind: 'REFUNDED_TWICE' },
    ],
    [
      'whose refund the wallet has only in part',
      { payment: { ...PAYMENT, status: 'REFUNDED', refund: { ...toWallet, amount: 2_999 } } },
      { kind: 'REFUND_MISSING' },
    ],
    ['whose dispute is unknown', { charge: { ...CHARGE, isDisputed: true } }, { kind: 'DISPUTE_UNKNOWN' }],
    [
      'of a cancelled order whose dispute was won',
      { payment: { ...PAYMENT, dispute: { ...dispute, status: 'WON' } }, order: anOrder('CANCELLED') },
      { kind: 'REFUND_MISSING' },
    ],
    [
      'that is REFUNDED but only partly refunded',
      { payment: { ...PAYMENT, status: 'REFUNDED' }, charge: { ...CHARGE, refunded: 2_999 } },
      { kind: 'REFUND_MISSING' },
    ],
  ])('report a payment %s', (_, account, violation) => {
    expect(ofPayment(account)).toEqual([{ ...ids, ...violation, detail: expect.any(String) }]);
  });

  it.each<[string, Parameters<typeof ofOrder>]>([
    ['that is paid', [{}]],
    ['that is not paid yet', [{ status: 'CREATED', payment: undefined }]],
    ['that was cancelled and refunded', [{ status: 'CANCELLED' }, { ...PAYMENT, status: 'REFUNDED' }]],
    ['that will be paid in cash', [{ status: 'DISPATCHED' }, CASH]],
    ['that was paid in cash', [{ status: 'DELIVERED' }, { ...CASH, status: 'SUCCESS' }]],
    [
      'that was refunded by hand',
      [{ status: 'DELIVERED' }, { ...PAYMENT, status: 'REFUNDED', refund: { ...partByHand, amount: 3_000 } }],
    ],
    ['of 0 that needs no cash', [{ amount: 0 }, { ...CASH, amount: 0, status: 'SUCCESS' }]],
    ['of 0 whose payment waits for the delivery', [{ amount: 0 }, { ...CASH, amount: 0 }]],
  ])('accept an order %s', (_, account) => {
    expect(ofOrder(...account)).toEqual([]);
  });

  it.each<[string, Parameters<typeof ofOrder>, string[]]>([
    ['that is confirmed without a payment', [{ payment: undefined }], ['ORDER_UNPAID']],
    ['whose payment belongs to another order', [{}, { ...PAYMENT, orderId: 'O2' }], ['ORDER_UNPAID']],
    ['whose payment is still pending', [{ status: 'PACKED' }, { ...PAYMENT, status: 'PENDING' }], ['ORDER_UNPAID']],
    ['that was delivered but not paid', [{ status: 'DELIVERED' }, CASH], ['ORDER_UNPAID']],
    [
      'that was delivered but refunded',
      [{ status: 'DELIVERED' }, { ...PAYMENT, status: 'REFUNDED' }],
      ['ORDER_UNPAID'],
    ],
    ['that costs a paisa more than its payment', [{ amount: 3_001 }], ['AMOUNT_WRONG']],
    ['whose copy of its payment differs', [{ payment: summaryOf(CASH) }], ['ORDER_OUT_OF_STEP']],
    ['that was cancelled with cash still to collect', [{ status: 'CANCELLED' }, CASH], ['ORDER_OUT_OF_STEP']],
  ])('report an order %s', (_, account, violations) => {
    expect(kinds(ofOrder(...account))).toEqual(violations);
  });

  it('come with notices of what has left by a dispute or by hand', () => {
    const noticesOf = (payment: object, order: OrderFacts['order'] | undefined = anOrder()) =>
      paymentNotices({ payment: { ...PAYMENT, ...payment }, order }).map(({ kind, detail }) => `${kind}: ${detail}`);
    expect(noticesOf({})).toEqual([]);
    expect(noticesOf({ dispute })).toEqual(['DISPUTE_OPEN: 30 is disputed, the bank has withdrawn 30']);
    expect(noticesOf({ dispute: { ...dispute, status: 'LOST' } })).toEqual([
      'DISPUTE_LOST: 30 was lost in a dispute, the bank has withdrawn 30',
    ]);
    expect(noticesOf({ dispute: { ...dispute, status: 'WON' } })).toEqual([]);
    expect(noticesOf({ refund: partByHand })).toEqual([
      'REFUND_BY_HAND: a refund of 10 was made by hand at the gateway, the order is CONFIRMED',
    ]);
    expect(noticesOf({ refund: partByHand }, anOrder('CANCELLED'))).toEqual([]);
    expect(paymentNotices({ payment: { ...PAYMENT, orderId: undefined, refund: partByHand } })).toMatchObject([
      { kind: 'REFUND_BY_HAND', paymentId: 'PAY1', userId: 'U1' },
    ]);
  });

  it('report a charge without a payment, but not one whose payment is still being settled', () => {
    const of = (status: string, charge = CHARGE) =>
      kinds(chargeViolations({ charge, payment: { ...PAYMENT, status } }));
    expect(of('FAILED')).toEqual(['CHARGE_UNKNOWN']);
    expect(of('FAILED', { ...CHARGE, refunded: 2_999 })).toEqual(['CHARGE_UNKNOWN']);
    expect(of('FAILED', { ...CHARGE, refunded: 3_000 })).toEqual([]);
    expect(['PENDING', 'SUCCESS', 'REFUNDED'].flatMap((status) => of(status))).toEqual([]);
    expect(kinds(chargeViolations({ charge: CHARGE }))).toEqual(['CHARGE_UNKNOWN']);
  });
});

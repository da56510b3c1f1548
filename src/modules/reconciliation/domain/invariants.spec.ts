import {
  chargeViolations,
  type OrderFacts,
  orderViolations,
  type PaymentFacts,
  paymentViolations,
  type SubjectIds,
  type Violation,
  walletViolations,
} from './invariants';

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
const CHARGE = { paymentId: 'PAY1', amount: 3_000, refunded: 0 };

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

describe('the laws of the books', () => {
  it('want a balance to be what its entries come to, and not below zero', () => {
    expect(walletViolations({ wallet: { userId: 'U1', balance: 500 }, sum: 500 })).toEqual([]);
    expect(walletViolations({ wallet: { userId: 'U1', balance: -500 }, sum: -500 })).toEqual([
      { kind: 'BALANCE_NEGATIVE', detail: 'the balance is -5', userId: 'U1' },
    ]);
  });

  it.each<[string, Partial<PaymentFacts>]>([
    ['of a live order', {}],
    ['of a delivered one', { order: anOrder('DELIVERED') }],
    ['of a delivery that failed by the customer’s doing', { order: anOrder('CANCELLED'), isRefundWaived: true }],
    ['collected at the door', { payment: { ...CASH, status: 'SUCCESS' }, order: anOrder('DELIVERED', CASH) }],
    [
      'not decided yet, though it is charged',
      { payment: { ...PAYMENT, status: 'PENDING' }, order: anOrder('CREATED') },
    ],
    ['declined', { payment: { ...PAYMENT, status: 'FAILED' }, charge: undefined, order: undefined }],
    ['given back', { payment: { ...PAYMENT, status: 'REFUNDED' }, charge: { ...CHARGE, refunded: 3_000 } }],
  ])('have nothing against a payment %s', (_, account) => {
    expect(ofPayment(account)).toEqual([]);
  });

  const other = { ...PAYMENT, paymentId: 'PAY2' };
  it.each<[string, Partial<PaymentFacts>, Partial<Violation>]>([
    ['of no order', { order: undefined }, { kind: 'PAYMENT_ASTRAY' }],
    ['of an order that is not confirmed', { order: anOrder('CREATED') }, { kind: 'PAYMENT_ASTRAY' }],
    ['of an order that knows none', { order: { ...anOrder(), payment: undefined } }, { kind: 'PAYMENT_ASTRAY' }],
    [
      'of an order that knows another, which failed',
      { order: anOrder('CREATED', other), otherPayment: { ...other, status: 'FAILED' } },
      { kind: 'PAYMENT_ASTRAY', otherPaymentId: 'PAY2' },
    ],
    [
      'of an order that another has paid',
      { order: anOrder('DELIVERED', other), otherPayment: other },
      { kind: 'PAID_TWICE', otherPaymentId: 'PAY2' },
    ],
    [
      'of an order that is to be paid at the door',
      { order: anOrder('CONFIRMED', other), otherPayment: { ...CASH, paymentId: 'PAY2' } },
      { kind: 'PAID_TWICE', otherPaymentId: 'PAY2' },
    ],
    ['of a cancelled order', { order: anOrder('CANCELLED') }, { kind: 'REFUND_MISSING' }],
    ['in cash before the door', { payment: { ...CASH, status: 'SUCCESS' } }, { kind: 'PAYMENT_ASTRAY' }],
    ['that was not charged', { charge: undefined }, { kind: 'CHARGE_MISSING' }],
    ['that was charged a paisa more', { charge: { ...CHARGE, amount: 3_001 } }, { kind: 'CHARGE_WRONG' }],
    ['that was given back in part', { charge: { ...CHARGE, refunded: 1 } }, { kind: 'REFUND_UNKNOWN' }],
    [
      'that is said to be given back, and is in part',
      { payment: { ...PAYMENT, status: 'REFUNDED' }, charge: { ...CHARGE, refunded: 2_999 } },
      { kind: 'REFUND_MISSING' },
    ],
  ])('tell of a payment %s', (_, account, violation) => {
    expect(ofPayment(account)).toEqual([{ ...ids, ...violation, detail: expect.any(String) }]);
  });

  it.each<[string, Parameters<typeof ofOrder>]>([
    ['that is paid', [{}]],
    ['that nobody has paid yet', [{ status: 'CREATED', payment: undefined }]],
    ['that was cancelled and given back', [{ status: 'CANCELLED' }, { ...PAYMENT, status: 'REFUNDED' }]],
    ['that is to be paid at the door', [{ status: 'DISPATCHED' }, CASH]],
    ['that was paid at the door', [{ status: 'DELIVERED' }, { ...CASH, status: 'SUCCESS' }]],
  ])('have nothing against an order %s', (_, account) => {
    expect(ofOrder(...account)).toEqual([]);
  });

  it.each<[string, Parameters<typeof ofOrder>, string[]]>([
    ['that is confirmed by nothing', [{ payment: undefined }], ['ORDER_UNPAID']],
    ['whose payment is another order’s', [{}, { ...PAYMENT, orderId: 'O2' }], ['ORDER_UNPAID']],
    ['whose payment is still open', [{ status: 'PACKED' }, { ...PAYMENT, status: 'PENDING' }], ['ORDER_UNPAID']],
    ['that was delivered and not paid for', [{ status: 'DELIVERED' }, CASH], ['ORDER_UNPAID']],
    [
      'that is delivered and given back',
      [{ status: 'DELIVERED' }, { ...PAYMENT, status: 'REFUNDED' }],
      ['ORDER_UNPAID'],
    ],
    ['that is a paisa dearer', [{ amount: 3_001 }], ['AMOUNT_WRONG']],
    ['that says otherwise of its payment', [{ payment: summaryOf(CASH) }], ['ORDER_OUT_OF_STEP']],
    ['that was cancelled, with cash to collect', [{ status: 'CANCELLED' }, CASH], ['ORDER_OUT_OF_STEP']],
  ])('tell of an order %s', (_, account, violations) => {
    expect(kinds(ofOrder(...account))).toEqual(violations);
  });

  it('tell of what was charged and is nobody’s, not of what is still asked about', () => {
    const of = (status: string, charge = CHARGE) =>
      kinds(chargeViolations({ charge, payment: { ...PAYMENT, status } }));
    expect(of('FAILED')).toEqual(['CHARGE_UNKNOWN']);
    expect(of('FAILED', { ...CHARGE, refunded: 2_999 })).toEqual(['CHARGE_UNKNOWN']);
    expect(of('FAILED', { ...CHARGE, refunded: 3_000 })).toEqual([]);
    expect(['PENDING', 'SUCCESS', 'REFUNDED'].flatMap((status) => of(status))).toEqual([]);
    expect(kinds(chargeViolations({ charge: CHARGE }))).toEqual(['CHARGE_UNKNOWN']);
  });
});

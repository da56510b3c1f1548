import { newEventId } from '../../../kernel/ids';
import type { AnalyticsEvent } from './analytics-event';
import { contributionOf } from './figures';

const event = (eventType: string, fields: Partial<AnalyticsEvent> = {}): AnalyticsEvent => ({
  eventType,
  eventId: newEventId(),
  timestamp: '2026-12-01T03:00:00Z',
  userId: 'U1',
  amount: 5_000,
  ...fields,
});
const figuresOf = (eventType: string, fields?: Partial<AnalyticsEvent>) =>
  contributionOf(event(eventType, fields), 120).figures;

describe('the contribution of an event', () => {
  it.each([
    ['a top-up', 'WALLET_TOPPED_UP', {}, { walletChange: 5_000 }],
    ['a correction', 'WALLET_ADJUSTED', { amount: -300 }, { walletChange: -300 }],
    ['a wallet payment', 'PAYMENT_SUCCEEDED', { method: 'WALLET' }, { revenue: 5_000, walletChange: -5_000 }],
    ['a card payment', 'PAYMENT_SUCCEEDED', { method: 'CARD' }, { revenue: 5_000 }],
    [
      'a refund to the wallet',
      'PAYMENT_REFUNDED',
      { method: 'WALLET' },
      { revenue: -5_000, refunded: 5_000, refunds: 1, walletChange: 5_000 },
    ],
    ['a refund to the card', 'PAYMENT_REFUNDED', { method: 'UPI' }, { revenue: -5_000, refunded: 5_000, refunds: 1 }],
    ['a failed refund', 'PAYMENT_REFUND_FAILED', { method: 'CARD', credited: 950 }, { walletChange: 950 }],
    ['a registration', 'USER_REGISTERED', {}, { newCustomers: 1 }],
    ['the role of a new courier', 'USER_ROLE_CHANGED', { role: 'COURIER' }, { newCustomers: -1 }],
    ['the new role of a customer', 'USER_ROLE_CHANGED', { role: 'COURIER', previousRole: 'CUSTOMER' }, {}],
    ['an event of a newer version', 'MILK_SPILLED', {}, {}],
  ])('of %s is its figures', (_, eventType, fields, figures) => {
    expect(figuresOf(eventType, fields)).toEqual(figures);
  });

  it('has the units of each product once, even if a product has two lines', () => {
    const items = [
      { productId: 'MILK', qty: 2 },
      { productId: 'CURD', qty: 1 },
      { productId: 'MILK', qty: 3 },
    ];
    const { figures, products, customer } = contributionOf(event('ORDER_PLACED', { items }), 120);
    expect({ figures, products: [...products], customer }).toEqual({
      figures: { orders: 1, units: 6 },
      products: [
        ['MILK', 5],
        ['CURD', 1],
      ],
      customer: 'U1',
    });
  });

  it('of added lines is their units, without another order', () => {
    const { figures, customer } = contributionOf(
      event('ORDER_LINES_ADDED', { items: [{ productId: 'MILK', qty: 2 }] }),
      120,
    );
    expect({ figures, customer }).toEqual({ figures: { units: 2 }, customer: undefined });
  });

  it.each([
    ['an amount', 'PAYMENT_SUCCEEDED', { amount: '50' }],
    ['a fractional amount', 'WALLET_TOPPED_UP', { amount: 0.5 }],
    ['a credit', 'PAYMENT_REFUND_FAILED', {}],
    ['the list of lines', 'ORDER_PLACED', { items: 'MILK' }],
    ['the product of a line', 'ORDER_PLACED', { items: [{ productId: '', qty: 1 }] }],
    ['a line', 'ORDER_PLACED', { items: [null] }],
  ])('is refused if %s is invalid', (_, eventType, fields) => {
    expect(() => figuresOf(eventType, fields)).toThrow('Malformed analytics event');
  });
});

import { contentOf, type DeliveredOrder, monthEndedBy } from './invoice';

const milk = { productId: 'MILK', name: 'Milk', unit: '500 ml', price: 3250, taxRate: 5 };
const order = (date: string, qty: number, price = milk.price): DeliveredOrder => ({
  ...{ orderId: `O${date}`, userId: 'U1', address: '12 Dairy Lane', date },
  items: [{ ...milk, price, qty, lineTotal: price * qty }],
});

describe('the content of an invoice', () => {
  it('has a line for each product and price, with the sum of all deliveries', () => {
    const orders = [order('2026-11-03', 2), order('2026-11-01', 1), order('2026-11-02', 1, 3300)];
    expect(contentOf(orders)).toEqual({
      ...{ from: '2026-11-01', to: '2026-11-03', total: 13_050 },
      lines: [
        { name: 'Milk', unit: '500 ml', qty: 3, price: 3250, taxRate: 5, amount: 9750 },
        { name: 'Milk', unit: '500 ml', qty: 1, price: 3300, taxRate: 5, amount: 3300 },
      ],
      taxes: [{ rate: 5, net: 12_429, tax: 621, gross: 13_050 }],
      orders: [
        { orderId: 'O2026-11-03', amount: 6500 },
        { orderId: 'O2026-11-01', amount: 3250 },
        { orderId: 'O2026-11-02', amount: 3300 },
      ],
      refunds: [],
    });
  });

  it('is reduced by what was refunded before it is issued', () => {
    const orders = [
      { ...order('2026-11-01', 2), refunded: 500 },
      { ...order('2026-11-02', 1), refunded: 9999 },
    ];
    expect(contentOf(orders)).toMatchObject({
      orders: [
        { amount: 6500, refunded: 500 },
        { amount: 3250, refunded: 3250 },
      ],
      refunds: [{ taxRate: 5, amount: 3750 }],
      taxes: [{ rate: 5, net: 5714, tax: 286, gross: 6000 }],
      total: 6000,
    });
  });

  it('has no tax for products without a rate', () => {
    const { items, ...rest } = order('2026-11-01', 1);
    const untaxed = items.map(({ taxRate: _, ...line }) => line);
    expect(contentOf([{ ...rest, items: untaxed }]).taxes).toEqual([{ rate: 0, net: 3250, tax: 0, gross: 3250 }]);
  });

  it('is issued for the month that has ended', () => {
    const months = ['2026-11-30', '2026-12-01', '2027-01-31'].map(monthEndedBy);
    expect(months).toEqual(['2026-10', '2026-11', '2026-12']);
  });
});

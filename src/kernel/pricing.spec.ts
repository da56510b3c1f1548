import { priceLine, productOnSale, snapshotOf, totalOf } from './pricing';

const milk = { name: 'Milk', price: 3_250, unit: '500 ml', taxRate: 5, active: true, stock: 7 };

describe('pricing', () => {
  it('keeps only the name, price, unit and tax rate of a product', () => {
    expect(Object.keys(snapshotOf(milk))).toEqual(['name', 'price', 'unit', 'taxRate']);
  });

  it('multiplies the price by the quantity', () => {
    const line = { productId: 'MILK', qty: 3, price: 1, note: 'an old price is ignored' };
    expect(priceLine(line, milk)).toEqual({
      productId: 'MILK',
      qty: 3,
      name: 'Milk',
      price: 3_250,
      unit: '500 ml',
      taxRate: 5,
      lineTotal: 9_750,
    });
  });

  it('finds a product on sale, but no withdrawn or unknown one', () => {
    const products = new Map([
      ['MILK', milk],
      ['CURD', { ...milk, active: false }],
    ]);
    expect(productOnSale('MILK', products)).toBe(milk);
    expect(productOnSale('CURD', products)).toBeUndefined();
    expect(productOnSale('GHEE', products)).toBeUndefined();
  });

  it('adds up the lines of a delivery', () => {
    expect(totalOf([priceLine({ productId: 'MILK', qty: 2 }, milk), { lineTotal: 50 }])).toBe(6_550);
    expect(totalOf([])).toBe(0);
  });
});

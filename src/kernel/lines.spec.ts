import { sumEqualProducts } from './lines';

describe('lines', () => {
  it('with equal products are summed into one, where the product first appears', () => {
    expect(
      sumEqualProducts([
        { productId: 'MILK', qty: 2 },
        { productId: 'CURD', qty: 1 },
        { productId: 'MILK', qty: 3 },
      ]),
    ).toEqual([
      { productId: 'MILK', qty: 5 },
      { productId: 'CURD', qty: 1 },
    ]);
    expect(sumEqualProducts([])).toEqual([]);
  });
});

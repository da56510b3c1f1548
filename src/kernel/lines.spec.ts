import { sumEqualProducts } from './lines';

describe('lines', () => {
  it('of the same product are summed into one, in order of first appearance', () => {
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

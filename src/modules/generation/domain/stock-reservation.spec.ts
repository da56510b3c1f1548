import { onlyReserved, reservationFor, reservedStock } from './stock-reservation';

const MILK = { name: 'Milk', price: 3_000, unit: '1 l', left: 10 };

describe('the reservation of a product', () => {
  it.each([
    ['all of the demand, when the stock covers it', 10, MILK, { state: 'ALLOTTED', qty: 10, name: 'Milk' }],
    ['nothing, when the stock does not cover it', 11, MILK, { state: 'SCARCE' }],
    ['nothing, when it is withdrawn', 1, 'WITHDRAWN', { state: 'WITHDRAWN' }],
    ['nothing, when it does not exist', 1, undefined, { state: 'WITHDRAWN' }],
  ] as const)('is %s', (_, qty, product, expected) => {
    expect(reservationFor('MILK', qty, product)).toMatchObject({ productId: 'MILK', ...expected });
  });

  it('leaves a shard only the products that it needs and that are reserved', () => {
    const reservations = [
      reservationFor('MILK', 10, MILK),
      reservationFor('GHEE', 11, MILK),
      reservationFor('CURD', 5, MILK),
    ];
    expect(onlyReserved({ MILK: 4, GHEE: 2 }, reservations)).toEqual({ MILK: 4 });
  });

  it('makes reserved products available as far as they are left, and scarce ones not at all', () => {
    const reservations = [
      reservationFor('MILK', 10, MILK),
      reservationFor('GHEE', 11, MILK),
      reservationFor('CURD', 5, 'WITHDRAWN'),
    ];
    expect([...reservedStock(reservations, { MILK: 4 })]).toEqual([
      ['MILK', { ...MILK, left: 4 }],
      ['CURD', 'WITHDRAWN'],
    ]);
  });
});

import { sortByName } from './demand';

it('puts products in order of their names, equal ones of their ids', () => {
  const products = [
    { productId: 'P3', name: 'Milk' },
    { productId: 'P2', name: 'curd' },
    { productId: 'P1', name: 'Milk' },
  ];
  expect(sortByName(products).map(({ productId }) => productId)).toEqual(['P2', 'P1', 'P3']);
});

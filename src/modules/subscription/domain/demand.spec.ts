import { sortByName } from './demand';

it('sorts products by name, and by id if the names are equal', () => {
  const products = [
    { productId: 'P3', name: 'Milk' },
    { productId: 'P2', name: 'curd' },
    { productId: 'P1', name: 'Milk' },
  ];
  expect(sortByName(products).map(({ productId }) => productId)).toEqual(['P2', 'P1', 'P3']);
});

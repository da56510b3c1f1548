import { cartIdOf } from './cart';

describe('the id of a cart', () => {
  it('is derived from the id of its customer', () => {
    expect(cartIdOf('U01K9Z7Q4M2ABCDEFGHJKMNPQRS')).toBe('C01K9Z7Q4M2ABCDEFGHJKMNPQRS');
    expect(cartIdOf('asha')).toBe(cartIdOf('asha'));
  });

  it('is different for each customer', () => {
    const userIds = ['U01K9Z7Q4M2ABCDEFGHJKMNPQRS', '01K9Z7Q4M2ABCDEFGHJKMNPQRS', 'asha', 'Asha', 'Uasha'];
    expect(new Set(userIds.map(cartIdOf)).size).toBe(userIds.length);
  });
});

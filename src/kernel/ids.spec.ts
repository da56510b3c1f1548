import { isReservedId, orderNumberOf, parseOrderNumber } from './ids';

describe('reserved ids', () => {
  it.each(['admin', 'Support', 'NULL', 'undefined', 'me', 'list', 'U0123456789abcdef0123456789ABCDEF'])(
    'include %s',
    (id) => expect(isReservedId(id)).toBe(true),
  );

  it.each(['U101', 'asha', 'P101', 'adminton', 'U01K9Z7Q4M2ABCDEFGHJKMNPQRS'])('do not include %s', (id) => {
    expect(isReservedId(id)).toBe(false);
  });
});

describe('an order number', () => {
  it('is the same for the same order, always', () => {
    expect(orderNumberOf('O01K9Z')).toBe(orderNumberOf('O01K9Z'));
    expect(orderNumberOf('O01K9Z')).toBe('5HYV-ZBVK');
  });

  it('has two groups of four letters and digits that are hard to misread', () => {
    for (let count = 0; count < 1_000; count++) {
      expect(orderNumberOf(`O${count}`)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    }
  });

  it('differs between a hundred thousand orders', () => {
    const numbers = new Set(Array.from({ length: 100_000 }, (_, count) => orderNumberOf(`O01K9Z7Q4M2${count}`)));
    expect(numbers.size).toBe(100_000);
  });

  it.each([
    ['K7M4-Q2XD', 'K7M4-Q2XD'],
    ['k7m4-q2xd', 'K7M4-Q2XD'],
    ['K7M4Q2XD', 'K7M4-Q2XD'],
    [' k7m4q2xd ', 'K7M4-Q2XD'],
    ['oil0-OIL1', '0110-0111'],
    ['K7M4-Q2X', undefined],
    ['K7M4-Q2XDD', undefined],
    ['K7-M4Q2XD', undefined],
    ['K7M4-Q2XU', undefined],
    ['O01K9Z', undefined],
    ['', undefined],
  ])('is read from %j as %s', (text, number) => {
    expect(parseOrderNumber(text)).toBe(number);
  });
});

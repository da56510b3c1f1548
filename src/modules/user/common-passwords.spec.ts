import { isCommonOfSeven } from './common-passwords';

describe('common passwords of seven characters', () => {
  it.each(['test123', '1234567', 'QWERTY1', 'letmein'])('include %s', (password) => {
    expect(isCommonOfSeven(password)).toBe(true);
  });

  it('do not include any other', () => {
    expect(isCommonOfSeven('kuh7gras')).toBe(false);
    expect(isCommonOfSeven('')).toBe(false);
  });
});

import { isCommonSevenCharacterPassword } from './common-passwords';

describe('common passwords of seven characters', () => {
  it.each(['test123', '1234567', 'QWERTY1', 'letmein'])('include %s', (password) => {
    expect(isCommonSevenCharacterPassword(password)).toBe(true);
  });

  it('do not include other passwords', () => {
    expect(isCommonSevenCharacterPassword('kuh7gras')).toBe(false);
    expect(isCommonSevenCharacterPassword('')).toBe(false);
  });
});

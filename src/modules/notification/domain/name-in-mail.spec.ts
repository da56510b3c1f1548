import { nameInMailTo } from './name-in-mail';

describe('a name in a mail', () => {
  it.each([
    ['Jimmy', 'Jimmy'],
    ['Jimmy Joseph', 'Jimmy Joseph'],
    ['Dr. Meena', 'Dr. Meena'],
    ['O’Casey-Singh', 'O’Casey-Singh'],
    ['ശ്രീ\u200D ಕುಮಾರ', 'ശ്രീ\u200D ಕುಮಾರ'],
    ['Maria da Silva', 'Maria'],
    ['URGENT your account is locked', 'URGENT'],
  ])('to an unverified address is one or two words of letters: %s', (name, shown) => {
    expect(nameInMailTo({ name, emailVerified: false })).toBe(shown);
  });

  it.each(['evil.example pay', 'call 555', '<b>Jimmy</b>', 'pay: now', 'a'.repeat(31), '100 calls to you'])(
    'to an unverified address is left out if it may be more than a name: %s',
    (name) => {
      expect(nameInMailTo({ name, emailVerified: false })).toBeUndefined();
    },
  );

  it('to a verified address is complete', () => {
    expect(nameInMailTo({ name: '<b>Maria</b> da Silva 2', emailVerified: true })).toBe('<b>Maria</b> da Silva 2');
  });
});

import { passwordProblem } from './password-policy';

const JIMMY = { name: 'Jimmy Joseph', email: 'jim.joseph92@dunder.example', role: 'CUSTOMER' } as const;
const ADA = { name: 'Ada Lovelace', email: 'ada@milkround.example', role: 'ADMIN' } as const;
const isListed = (word: string) => ['password', 'password1', 'sunshine', 'iloveyou'].includes(word);
const problem = (password: string, owner: typeof JIMMY | typeof ADA = JIMMY) =>
  passwordProblem(password, owner, isListed);

describe('a password in production', () => {
  it.each([
    ['Passw0rd!', 'a common word with substitutions'],
    ['P@$$w0rd2026', 'a common word with substitutions'],
    ['sunshine42!', 'a common word with digits'],
    ['Welcome@123', 'a common word of seven letters'],
    ['India@123', 'a short word with digits'],
    ['12345678', 'digits only'],
    ['aaaaaaaa', 'one character'],
    ['abcabcabc', 'a repetition'],
    ['sunshinesunshine', 'a repetition'],
    ['milkround', 'the name of the dairy'],
    ['milkround-demo', 'the name of the dairy'],
    ['M1lkround2026', 'the name of the dairy'],
    ['Jimmy123456', 'the name of the person'],
    ['jimmyjoseph', 'the name of the person'],
    ['jim.joseph92', 'the e-mail of the person'],
    ['dunder-2026', 'the e-mail of the person'],
    ['  password  ', 'a common word in blanks'],
  ])('may not be %s: %s', (password) => {
    expect(problem(password)).toMatch(/too easy to guess/);
  });

  it.each(['kuh7gras', 'cream-on-top-7', 'milk-before-dawn', 'x7#9Qz!2', 'Kuh auf der Weide 🐄', 'दूध रोज़ सुबह आता'])(
    'may be %s',
    (password) => {
      expect(problem(password)).toBeUndefined();
    },
  );

  it('has at least eight characters, and twelve for an admin', () => {
    expect(problem('kuh7gra')).toBe('must have at least 8 characters');
    expect(passwordProblem('kuh7gra', { ...JIMMY, role: 'COURIER' }, isListed)).toBe('must have at least 8 characters');
    expect(problem('kuh7gra ')).toBe('must have at least 8 characters');
    expect(problem('🐄🐄🐄🐄')).toBe('must have at least 8 characters');
    expect(problem('kuh7gras-im', ADA)).toBe('must have at least 12 characters for an admin');
    expect(problem('kuh7gras-im-', ADA)).toBeUndefined();
  });
});

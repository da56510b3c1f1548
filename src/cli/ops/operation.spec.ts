import { NotSignedIn } from '../../platform/auth/auth.errors';
import { ageText, countedLines, countOf, refusalOf } from './operation';

describe('the output of an operation', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [7_200_000, '2 h'],
    [200_000_000, '2 d'],
    [-5, '0 s'],
  ])('names an age of %d ms as %s', (milliseconds, text) => {
    expect(ageText(milliseconds)).toBe(text);
  });

  it('counts equal texts, the most frequent first', () => {
    expect(countedLines(['b', 'a', 'b', 'c'])).toEqual(['     2  b', '     1  a', '     1  c']);
    expect([countOf(1, 'message'), countOf(0, 'message')]).toEqual(['1 message', '0 messages']);
  });

  it.each([
    ['the program', new NotSignedIn(), /^Not signed in\./],
    [
      'AWS',
      Object.assign(new Error('no rights'), { name: 'AccessDenied', $metadata: {} }),
      /^AWS refused it: AccessDenied: no rights\.$/,
    ],
    [
      'the connection',
      { code: 'ECONNREFUSED', address: '127.0.0.1', port: 1, $metadata: {} },
      /^Nothing answers at 127\.0\.0\.1:1\./,
    ],
  ])('says in one line what %s refused', (_, error, text) => {
    expect(refusalOf(error)?.message).toMatch(text);
  });

  it('keeps the stack of a fault of the program', () => {
    expect(refusalOf(new Error('a fault'))).toBeUndefined();
  });
});

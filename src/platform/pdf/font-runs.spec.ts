import { breakable, fontRunsOf } from './font-runs';

describe('the font runs of a text', () => {
  it.each([
    ['plain text', 'Full cream milk, 500 ml', [['latin', 'Full cream milk, 500 ml']]],
    [
      'an amount',
      '₹49.50',
      [
        ['latin-ext', '₹'],
        ['latin', '49.50'],
      ],
    ],
    [
      'Hindi with marks and joiners',
      'श्री Rao क्\u200Dष',
      [
        ['devanagari', 'श्री '],
        ['latin', 'Rao '],
        ['devanagari', 'क्\u200Dष'],
      ],
    ],
    ['a script without a font', '🥛', [['latin', '🥛']]],
    ['nothing', '', []],
  ])('split %s', (_, text, expected) => {
    expect(fontRunsOf(text).map((run) => [run.font, run.text])).toEqual(expected);
  });
});

describe('a long word', () => {
  it('can be broken after every eight letters', () => {
    expect(breakable(`to ${'x'.repeat(33)}`).split('\u200B')).toEqual([
      'to xxxxxxxx',
      ...Array<string>(3).fill('xxxxxxxx'),
      'x',
    ]);
  });

  it('is not broken between a letter and its marks', () => {
    const parts = breakable('श्री'.repeat(20)).split('\u200B');
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every((part) => part.replaceAll('श्री', '') === '')).toBe(true);
  });

  it('is any of 32 characters or more, whatever stands beside it', () => {
    const text = `${'x'.repeat(31)} ${'y'.repeat(31)}`;
    expect(breakable(text)).toBe(text);
  });
});

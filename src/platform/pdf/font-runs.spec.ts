import { fontRunsOf } from './font-runs';

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

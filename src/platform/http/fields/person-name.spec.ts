import { nameProblemOf } from './person-name';

describe('the name of a person', () => {
  it.each([
    'Jimmy Joseph',
    'K.Ramesh',
    'M.S.Dhoni',
    'Dr. A. P. J. Abdul Kalam',
    'Ravi S/O Mohan',
    'Seán O’Casey-Ní Dhonnchadha',
    'রাজ\u200Cকুমার',
    'ശ്രീ\u200D',
    'ಠ 12',
    'Flat 402, Block 12',
    '<b>Jimmy</b>',
    'திரு. வி. க.',
    'डॉ. राम',
  ])('may be %s', (name) => {
    expect(nameProblemOf(name)).toBeUndefined();
  });

  it.each([
    'pay now at https://evil.example/pay?x=1',
    'WWW.evil',
    'go to evil.example',
    'bit.ly/pay',
    't.me/evil',
    'ev\u200Dil.com',
    'e\u200C\u200Dv.com',
    'evil\uFF0Ecom',
    'evil。com',
    '\uFF45\uFF56\uFF49\uFF4C.com',
    'пример.рф',
    'खतरा.भारत',
    'খারাপ.বাংলা',
    'mail pay@evil',
  ])('may not contain a web or e-mail address: %s', (name) => {
    expect(nameProblemOf(name)).toMatch(/web or e-mail address/);
  });

  it.each(['call +1-900-555-0199', '9 8 1 2 3 4 5', '\uFF19\uFF18\uFF11\uFF12\uFF13\uFF14\uFF15', '९८१२३४५'])(
    'may not contain a phone number: %s',
    (name) => {
      expect(nameProblemOf(name)).toMatch(/digits/);
    },
  );

  it.each([
    ['a zero-width space', 'Jim\u200Bmy'],
    ['a Hangul filler', 'Jimmy\u3164'],
    ['a half-width Hangul filler', 'Jimmy\uFFA0'],
    ['a variation selector', 'Jimmy\uFE0F'],
    ['a tag character', 'Jimmy\u{E0041}'],
    ['a line separator', 'Jim\u2028my'],
    ['a paragraph separator', 'Jim\u2029my'],
    ['a soft hyphen', 'Jim\u00ADmy'],
    ['a right-to-left mark', 'Jim\u200Fmy'],
    ['a byte order mark', '\uFEFFJimmy'],
  ])('may not contain %s', (_, name) => {
    expect(nameProblemOf(name)).toMatch(/invisible/);
  });
});

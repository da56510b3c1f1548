import { readFileSync } from 'node:fs';

/** Part of a text that one font can show. */
export interface FontRun {
  readonly text: string;
  readonly font: string;
}

/** The files of Noto Sans, one for each script, in the order in which they are tried. */
const SCRIPTS = ['latin', 'latin-ext', 'devanagari', 'greek', 'cyrillic', 'vietnamese'] as const;
export const DEFAULT_FONT = SCRIPTS[0];

/** Spaces, marks and joiners belong to the character before them. */
const CONTINUATION = /[\s\p{M}\p{Cf}]/u;

type Range = readonly [first: number, last: number];

const rangesByScript = JSON.parse(
  readFileSync(require.resolve('@fontsource/noto-sans/unicode.json'), 'utf8'),
) as Record<(typeof SCRIPTS)[number], string>;
const COVERAGE = SCRIPTS.map((font) => ({ font, ranges: rangesByScript[font].split(',').map(rangeOf) }));

/** The font files, by font and weight. */
export const FONTS = Object.fromEntries(
  SCRIPTS.map((script) => [script, { normal: fileOf(script, 400), bold: fileOf(script, 700) }]),
);

/** A word of this length or more may not fit in a column, and would push the columns after it off the page. */
const LONG_WORD = /\S{32,}/gu;
const LETTERS_BETWEEN_BREAKS = 8;
const ZERO_WIDTH_SPACE = '\u200B';
/** Finds the letters, with their marks. */
const LETTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The text with invisible places in its long words at which a line can end. */
export function breakable(text: string): string {
  return text.replace(LONG_WORD, (word) =>
    Array.from(LETTERS.segment(word), ({ segment }, index) =>
      index > 0 && index % LETTERS_BETWEEN_BREAKS === 0 ? ZERO_WIDTH_SPACE + segment : segment,
    ).join(''),
  );
}

/** Splits a text into runs that one font each can show. Characters that no font has are left to the default font. */
export function fontRunsOf(text: string): FontRun[] {
  const runs: { text: string; font: string }[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    const font = last && CONTINUATION.test(character) ? last.font : fontOf(character);
    if (last?.font === font) last.text += character;
    else runs.push({ text: character, font });
  }
  return runs;
}

function fontOf(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  const covers = ([first, last]: Range) => codePoint >= first && codePoint <= last;
  return COVERAGE.find(({ ranges }) => ranges.some(covers))?.font ?? DEFAULT_FONT;
}

/** Parses `U+0900-097F` or `U+20B9`. */
function rangeOf(text: string): Range {
  const [first = '', last = first] = text.replace('U+', '').split('-');
  return [parseInt(first, 16), parseInt(last, 16)];
}

function fileOf(script: string, weight: number): string {
  return require.resolve(`@fontsource/noto-sans/files/noto-sans-${script}-${weight}-normal.woff`);
}

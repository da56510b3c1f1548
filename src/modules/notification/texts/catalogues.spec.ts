import { IntlMessageFormat } from 'intl-messageformat';
import { LANGUAGES } from '../../../kernel/language';
import type { TextKey } from './catalogue';
import { en } from './en';
import { CATALOGUES } from './wording';

type Elements = ReturnType<IntlMessageFormat['getAst']>;

/** The type of elements without a placeholder. */
const LITERAL = 0;

/** The placeholders of a text, with their kind and the choices of a selection. Languages have different plurals. */
function placeholdersOf(text: string, locale: string): string[] {
  const found = (elements: Elements): string[] =>
    elements.flatMap((element) => {
      if (!('value' in element) || Number(element.type) === LITERAL) return [];
      if (!('options' in element)) return [`${element.value}`];
      const choices = Object.keys(element.options).sort().join(' ');
      const nested = Object.values(element.options).flatMap(({ value }) => found(value));
      return [`${element.value}: ${'pluralType' in element ? 'plural' : choices}`, ...nested];
    });
  return [...new Set(found(new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }).getAst()))].sort();
}

describe.each(LANGUAGES.filter((language) => language !== 'en'))('the catalogue %s', (language) => {
  const { locale, texts } = CATALOGUES[language];
  const keys = Object.keys(en.texts) as TextKey[];

  it('has the keys of the English one', () => {
    expect(Object.keys(texts).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('has the placeholders of the English one: %s', (key) => {
    expect(placeholdersOf(texts[key], locale)).toEqual(placeholdersOf(en.texts[key], en.locale));
  });

  it('has a text of its own for each key, unless it has no words', () => {
    const words = (text: string) => text.replace(/\{\w+\}/g, '').match(/\p{L}/u);
    expect(keys.filter((key) => words(en.texts[key]) && texts[key] === en.texts[key])).toEqual([]);
  });
});

it('finds placeholders that differ', () => {
  const one = placeholdersOf('{a} {r, select, X {x} other {{b}}}', 'en');
  expect(one).toEqual(['a', 'b', 'r: X other']);
  expect(placeholdersOf('{a} {r, select, Y {x} other {{b}}}', 'en')).not.toEqual(one);
});

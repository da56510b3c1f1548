import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './planted-project';

type Catalogue = { [key: string]: string | Catalogue };

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');
const catalogueOf = (folder: string, language: string) =>
  JSON.parse(read(`src/web/${folder}/${language}.json`)) as Catalogue;

/** Texts by their full key. */
function textsOf(catalogue: Catalogue, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : [...textsOf(value, `${prefix}${key}.`)],
    ),
  );
}

const placeholdersOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe.each(['i18n', 'console/texts', 'round/texts'])('the texts of the browser apps in %s', (folder) => {
  const english = textsOf(catalogueOf(folder, 'en'));
  const hindi = textsOf(catalogueOf(folder, 'hi'));

  it('have the same keys in every language', () => {
    expect([...hindi.keys()]).toEqual([...english.keys()]);
  });

  it('have the same placeholders in every language, and no empty text', () => {
    for (const [key, text] of english) {
      expect([key, placeholdersOf(hindi.get(key) ?? '')]).toEqual([key, placeholdersOf(text)]);
      expect([key, hindi.get(key)?.trim()]).not.toEqual([key, '']);
    }
  });
});

describe('the pages of the browser apps', () => {
  it('have no words of their own: all are in the catalogues', () => {
    const pages = globSync('src/web/**/*.tsx', { cwd: repositoryRoot });
    const words = pages.flatMap((page) =>
      [...read(page).matchAll(/<[a-zA-Z][^<>{}]*>\s*([A-Z][a-z]+[^<>{}]*)\s*</g)].map(([, text]) => `${page}: ${text}`),
    );
    expect(pages.length).toBeGreaterThan(20);
    expect(words).toEqual([]);
  });
});

import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type consoleTexts from '../console/texts/en.json';
import type roundTexts from '../round/texts/en.json';
import en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en; console: typeof consoleTexts; round: typeof roundTexts };
  }
}

export const LANGUAGES = { en: 'English', hi: 'हिन्दी' } as const;
export type Language = keyof typeof LANGUAGES;

/** The texts of one app. Its components use `useTranslation(['<name>', 'translation'])`. */
export interface Texts {
  readonly name: 'console' | 'round';
  readonly en: object;
  readonly loadHindi: () => Promise<{ default: object }>;
}

const CHOICE = 'milkround:language';

const isLanguage = (text: string | null | undefined): text is Language => text != null && text in LANGUAGES;

/** The language chosen on this device, else the one of the browser. */
function preferred(): Language {
  const chosen = localStorage.getItem(CHOICE);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

let appTexts: Texts | undefined;

export async function setLanguage(language: Language): Promise<void> {
  if (language === 'hi' && !i18next.hasResourceBundle(language, 'translation')) {
    const [shared, own] = await Promise.all([import('./hi.json'), appTexts?.loadHindi()]);
    i18next.addResourceBundle(language, 'translation', shared.default);
    if (appTexts && own) i18next.addResourceBundle(language, appTexts.name, own.default);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** As `setLanguage`, and remembers the choice on this device. */
export function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(CHOICE, language);
  return setLanguage(language);
}

export async function startTranslations(texts?: Texts): Promise<void> {
  appTexts = texts;
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en, ...(texts && { [texts.name]: texts.en }) } },
    // React escapes.
    interpolation: { escapeValue: false },
  });
  await setLanguage(preferred());
}

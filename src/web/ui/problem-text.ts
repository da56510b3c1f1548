import type { TFunction } from 'i18next';
import en from '../i18n/en.json';
import { ApiError } from '../api/problem.ts';
import { formatDate, money } from './format.ts';

type Code = keyof typeof en.problem;

const keyOf = (code: string): Code | undefined => {
  const key = code.replace('.', '_');
  return key in en.problem ? (key as Code) : undefined;
};

/** What went wrong, in the words of the reader. Falls back to the text of the API, which is English. */
export function problemText(error: unknown, t: TFunction): string {
  if (!(error instanceof ApiError)) return t('problem.unexpected');
  const { firstOpenDate, balance, atMost, limit } = error.facts;
  const key = keyOf(error.code);
  if (key !== undefined) {
    return t(`problem.${key}`, {
      date: typeof firstOpenDate === 'string' ? formatDate(firstOpenDate) : '',
      balance: typeof balance === 'number' ? money(balance) : '',
      limit: typeof limit === 'number' ? money(limit) : '',
      atMost,
    });
  }
  if (error.isTransient) return t('problem.unavailable');
  if (error.status >= 500) return t('problem.unexpected');
  return error.fields.length > 0 ? error.fields.map(({ message }) => sentence(message)).join(' ') : error.message;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

/** The message for one field of a form. */
export function fieldProblem(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const found = error.fields.find((one) => one.field === field);
  return found && sentence(found.message);
}

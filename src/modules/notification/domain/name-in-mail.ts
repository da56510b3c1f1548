import type { Contact } from '../../user';

const MAX_WORDS = 2;
const MAX_LENGTH = 30;
const WORD = /^[\p{L}\p{M}][\p{L}\p{M}\p{Join_Control}'’-]*\.?$/u;

/**
 * The name of a recipient as a mail may show it. An unverified address may belong to a person who never registered, and
 * who must not read a sentence of a stranger in a mail of the dairy. It only shows one or two short words of letters.
 */
export function nameInMailTo({ name, emailVerified }: Pick<Contact, 'name' | 'emailVerified'>): string | undefined {
  if (emailVerified) return name;
  const words = name.split(/\s+/);
  const shown = words.length > MAX_WORDS ? words.slice(0, 1) : words;
  const text = shown.join(' ');
  return shown.every((word) => WORD.test(word)) && text.length <= MAX_LENGTH ? text : undefined;
}

import type { Role } from '../../../kernel/roles';
import { isCommonSevenCharacterPassword } from './common-passwords';

/** The person whose password it is. */
export interface PasswordOwner {
  readonly email: string;
  readonly role: Role;
  readonly name?: string;
}

const MIN_LENGTH: Readonly<Record<Role, number>> = { CUSTOMER: 8, COURIER: 8, ADMIN: 12 };
/** Words that an attacker of a dairy tries first. */
const DAIRY_WORDS = ['milkround', 'milkman', 'dairy', 'milk', 'demo', 'admin'];
/** Shorter parts of names occur in other words. */
const MIN_NAME_LENGTH = 3;

/** One short word, with digits and signs around it or alone: `India@123`. */
const SHORT_WORD = /^[^\p{L}]*\p{L}{0,6}[^\p{L}]*$/u;
/** One to eight characters that are repeated. */
const REPETITION = /^(.{1,8}?)\1+$/u;
const DIGITS_AND_SIGNS_AROUND = /^[^\p{L}]+|[^\p{L}]+$/gu;

/**
 * What is wrong with a new password in production, to follow the name of the field; undefined if it is good. The
 * password is in its normalised form. `isListed` says whether a word of eight or more letters is a common password.
 */
export function passwordProblem(
  password: string,
  owner: PasswordOwner,
  isListed: (word: string) => boolean,
): string | undefined {
  const min = MIN_LENGTH[owner.role];
  const text = password.trim().toLowerCase();
  // People see one character where UTF-16 may have two.
  if ([...text].length < min) {
    return `must have at least ${min} characters${owner.role === 'ADMIN' ? ' for an admin' : ''}`;
  }
  const core = text.replaceAll(DIGITS_AND_SIGNS_AROUND, '');
  return [text, withoutSubstitutions(text), withoutSubstitutions(core)].some((form) =>
    isGuessable(form, owner, isListed),
  )
    ? 'is too easy to guess, or one of the most common passwords. Use three or more unrelated words'
    : undefined;
}

function isGuessable(text: string, owner: PasswordOwner, isListed: (word: string) => boolean): boolean {
  const isCommon = (word: string) => isListed(word) || isCommonSevenCharacterPassword(word);
  const isWeak = (word: string) => SHORT_WORD.test(word) || REPETITION.test(word) || isCommon(word);
  const rest = withoutWords(text, wordsAbout(owner));
  return [text, rest].some((word) => isWeak(word) || isWeak(word.replaceAll(DIGITS_AND_SIGNS_AROUND, '')));
}

/** Undoes what people do to a word to make it look like a password: `Passw0rd`. */
function withoutSubstitutions(text: string): string {
  return text.replaceAll(/[@013457$]/g, (sign) => SUBSTITUTED[sign] ?? sign);
}
const SUBSTITUTED: Readonly<Record<string, string>> = {
  ...{ '@': 'a', '0': 'o', '1': 'i', '3': 'e' },
  ...{ '4': 'a', '5': 's', '7': 't', $: 's' },
};

/** Longest first, so that a word within another leaves nothing behind. */
function wordsAbout({ name = '', email }: PasswordOwner): string[] {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const personal = [
    local,
    ...local.split(/[^\p{L}]+/u),
    ...name.toLowerCase().split(/[^\p{L}]+/u),
    domain.split('.')[0] ?? '',
  ];
  const words = [...personal.filter((word) => word.length >= MIN_NAME_LENGTH), ...DAIRY_WORDS];
  return words.sort((one, other) => other.length - one.length);
}

function withoutWords(text: string, words: readonly string[]): string {
  return words.reduce((rest, word) => rest.replaceAll(word, ''), text);
}

/** ZWNJ and ZWJ, which join or separate letters in some scripts. Every other invisible character is refused. */
const JOINERS = /[\u200C\u200D]/g;
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/** With a host of two letters or more, or a path: initials such as `K.Ramesh` and `M.S.Dhoni` are no web address. */
const WEB_ADDRESS =
  /:\/\/|@|www[.。]|[\p{L}\p{M}\p{N}-]{2,}[.。]\p{L}[\p{L}\p{M}]+|[\p{L}\p{N}][.。]\p{L}[\p{L}\p{M}]+\//iu;
/** The shortest phone numbers that people dial from abroad have seven digits. */
const MAX_DIGITS = 6;

/**
 * What is wrong with the name of a person; undefined if nothing is. Mails and SMS show names, and mail programs turn
 * web addresses and phone numbers into links.
 */
export function nameProblemOf(name: string): string | undefined {
  const text = name.replace(JOINERS, '').normalize('NFKC');
  if (INVISIBLE.test(name.replace(JOINERS, ''))) return 'must not contain invisible characters';
  if (WEB_ADDRESS.test(text)) {
    return 'must not contain a web or e-mail address: write a space after a full stop';
  }
  const digits = text.match(/\p{Nd}/gu) ?? [];
  return digits.length > MAX_DIGITS ? `must not contain more than ${MAX_DIGITS} digits` : undefined;
}

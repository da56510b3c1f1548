/** The characters of GSM 03.38. Those of the extension take two places. */
const GSM_BASIC = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]$/;
const GSM_EXTENSION = /^[\^{}\\[~\]|€]$/;

/** Typographic characters, and what people write in an SMS instead. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/₹\s?/g, 'Rs '],
  [/[‘’]/g, "'"],
  [/[“”]/g, '"'],
  [/[–—]/g, '-'],
  [/…/g, '...'],
  [/×/g, 'x'],
  [/\u00a0/g, ' '],
];

/**
 * The text of an SMS. One character outside GSM 03.38 makes an SMS hold 70 characters instead of 160, so typographic ones
 * are replaced where that helps. A Hindi text needs 16 bits per character all the same, and stays as it is.
 */
export function smsTextOf(text: string): string {
  const plain = PLAIN.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
  return gsmLengthOf(plain) === undefined ? text : plain;
}

/** How many of the 160 characters of an SMS a text takes. Undefined if GSM 03.38 lacks one of its characters. */
export function gsmLengthOf(text: string): number | undefined {
  let length = 0;
  for (const character of text) {
    if (GSM_BASIC.test(character)) length++;
    else if (GSM_EXTENSION.test(character)) length += 2;
    else return undefined;
  }
  return length;
}

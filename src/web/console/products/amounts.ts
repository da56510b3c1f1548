const MONEY = /^\d{1,7}(\.\d{1,2})?$/;
const PERCENT = /^\d{1,3}(\.\d{1,2})?$/;
const UNITS = /^\d{1,8}$/;

const numberIf = (pattern: RegExp, text: string) => (pattern.test(text.trim()) ? Number(text) : undefined);

/** Typed numbers. Undefined if the text is none. */
export const moneyOf = (text: string) => numberIf(MONEY, text);
export const percentOf = (text: string) => numberIf(PERCENT, text);
export const unitsOf = (text: string) => numberIf(UNITS, text);

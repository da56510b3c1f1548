import { Inject, Injectable } from '@nestjs/common';
import type { CountryCode, NumberType, PhoneNumber } from 'libphonenumber-js/max';
import { getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { InvalidPhone, UnsupportedPhone } from './domain/user.errors';
import { USER_SETTINGS, type UserSettings } from './user.settings';

/** No customer has such a number, an SMS to it can cost a lot, and its owner can get a share of the price. */
const UNSUPPORTED_TYPES: readonly NumberType[] = [
  'PREMIUM_RATE',
  'SHARED_COST',
  'UAN',
  'PERSONAL_NUMBER',
  'PAGER',
  'VOICEMAIL',
];

/** Reads phone numbers as people write them. A number without a country code is one of `DEFAULT_COUNTRY`. */
@Injectable()
export class PhoneNumbers {
  private readonly defaultCountry: CountryCode;

  constructor(@Inject(USER_SETTINGS) { defaultCountry }: Pick<UserSettings, 'defaultCountry'>) {
    this.defaultCountry = defaultCountry;
  }

  /**
   * The number in E.164 form. `request.invalid` if no such number can exist, or if it is of a premium rate or another kind
   * that no SMS should be sent to, or belongs to no country, as those of satellite phones.
   */
  parse(text: string): string {
    const number = this.read(text);
    if (number === undefined) throw new InvalidPhone(this.example());
    if (!isSupported(number)) throw new UnsupportedPhone(this.example());
    return number.number;
  }

  /** The number in E.164 form. Undefined if `parse` would refuse it. */
  find(text: string): string | undefined {
    const number = this.read(text);
    return number && isSupported(number) ? number.number : undefined;
  }

  private read(text: string): PhoneNumber | undefined {
    const number = parsePhoneNumberFromString(plain(text), { defaultCountry: this.defaultCountry, extract: false });
    // An SMS cannot be sent to an extension.
    return number?.isValid() && !number.ext ? number : undefined;
  }

  private example(): string {
    const example = getExampleNumber(this.defaultCountry, examples);
    return example ? `${example.formatNational()} or ${example.formatInternational()}` : '+91 81234 56789';
  }
}

function isSupported(number: PhoneNumber): boolean {
  // The calling codes of no country are those of satellite phones, global networks and global services.
  return !number.isNonGeographic() && !UNSUPPORTED_TYPES.includes(number.getType());
}

/** Digits of every script become those of ASCII. Brackets, and invisible marks from address books, are removed. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[()[\]]/g, ' ')
    .trim()
    .replace(/\p{Nd}/gu, (digit) => String(valueOf(digit)));
}

/** Unicode encodes the ten digits of a script in ascending order, without another digit before them. */
function valueOf(digit: string): number {
  const codePoint = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(codePoint - value - 1))) value++;
  return value;
}

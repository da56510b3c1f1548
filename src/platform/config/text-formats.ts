import { isIP } from 'node:net';
import { Temporal } from 'temporal-polyfill';
import { TIME_PATTERN } from '../../kernel/calendar';

/** The format of a setting. The description completes "must be", and may contain an example. */
export interface TextFormat {
  readonly isValid: (text: string) => boolean;
  readonly description: string;
}

export function matching(pattern: RegExp, description: string): TextFormat {
  return { isValid: (text) => pattern.test(text), description };
}

export const HTTP_URL: TextFormat = {
  isValid: (text) => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text),
  description: 'a URL that begins with https:// or http://',
};

export const TIME_OF_DAY = matching(TIME_PATTERN, 'a time of day such as 21:00');

export const HEADER_NAME = matching(/^[a-z\d-]+$/i, 'the name of a header');

export const TIME_ZONE: TextFormat = {
  isValid: (text) => {
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
      return true;
    } catch {
      return false;
    }
  },
  description: 'an IANA time zone such as Asia/Kolkata',
};

/** The origin of a web page. */
export function isOrigin(text: string): boolean {
  return HTTP_URL.isValid(text) && new URL(text).origin === text;
}

/** Names of networks that the server knows. */
const NETWORK_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** Whether a text is an IP address, or a network such as 10.0.0.0/16. */
export function isNetwork(text: string): boolean {
  const [address = '', length = '0', ...rest] = text.split('/');
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  const isAddress = bits !== undefined && /^\d{1,3}$/.test(length) && Number(length) <= bits && rest.length === 0;
  return isAddress || NETWORK_NAMES.includes(text);
}

import type { RefusalReason } from '../../user';

/** What decides whether the recipient or the service is at fault. The message may contain the address or number. */
type ProviderError = Pick<Error, 'name' | 'message'>;

/**
 * Why SNS will never send to a number; undefined for every other error. An invalid parameter is the recipient's fault only
 * if it is the number.
 */
export function smsRefusalOf({ name, message }: ProviderError): RefusalReason | undefined {
  if (/^OptedOut(Exception)?$/.test(name)) return 'OPTED_OUT';
  const isNumber = /^(InvalidParameter(Value)?|Validation)(Exception)?$/.test(name) && /phone ?number/i.test(message);
  if (!isNumber) return undefined;
  return /opted out/i.test(message) ? 'OPTED_OUT' : 'INVALID';
}

/** How SES describes a malformed address. The sender's is checked at the start, so it is the recipient's. */
const MALFORMED_ADDRESS =
  /illegal (address|semicolon|route-addr)|missing (final '@domain'|local name|domain)|user name is missing|(local address|domain( name)?|address) (contains|starts with|ends with|is (invalid|not valid))|invalid domain name/i;
/** Not the suspended or unverified account of the dairy. */
const SUPPRESSED_ADDRESS = /address (is )?(blacklisted|suppressed)|suppression list/i;

/** Why SES will never send to an address; undefined for every other error, such as a suspended account. */
export function emailRefusalOf({ name, message }: ProviderError): RefusalReason | undefined {
  if (name === 'BadRequestException' && MALFORMED_ADDRESS.test(message)) return 'INVALID';
  const isRejected = name === 'BadRequestException' || name === 'MessageRejected';
  return isRejected && SUPPRESSED_ADDRESS.test(message) ? 'SUPPRESSED' : undefined;
}

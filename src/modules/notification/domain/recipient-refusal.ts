import type { RefusalReason } from '../../user';

/** What decides whether the recipient or the service is at fault. The message may contain the address or number. */
interface ProviderError {
  readonly name: string;
  readonly message: string;
  /** End User Messaging gives a reason, and the fields that are invalid. */
  readonly Reason?: unknown;
  readonly Fields?: unknown;
}

/** Not the reasons that a country or the sender causes, for which the dairy has to change its account. */
const INVALID_NUMBER_REASONS: readonly unknown[] = ['INVALID_PARAMETER', 'FIELD_VALIDATION_FAILED', 'CANNOT_PARSE'];
const CONFLICTS: ReadonlyMap<unknown, RefusalReason> = new Map([
  ['DESTINATION_PHONE_NUMBER_OPTED_OUT', 'OPTED_OUT'],
  // The dairy has blocked the number in AWS.
  ['DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE', 'SUPPRESSED'],
]);

/**
 * Why SNS or End User Messaging will never send to a number; undefined for every other error. An invalid parameter is the
 * recipient's fault only if it is the number.
 */
export function smsRefusalOf({
  name,
  message,
  Reason: reason,
  Fields: fields,
}: ProviderError): RefusalReason | undefined {
  if (name === 'ConflictException') return CONFLICTS.get(reason);
  if (name === 'ValidationException' && reason !== undefined) {
    return INVALID_NUMBER_REASONS.includes(reason) && namesNumber(fields, message) ? 'INVALID' : undefined;
  }
  if (/^OptedOut(Exception)?$/.test(name)) return 'OPTED_OUT';
  const isNumber = /^(InvalidParameter(Value)?|Validation)(Exception)?$/.test(name) && /phone ?number/i.test(message);
  if (!isNumber) return undefined;
  return /opted out/i.test(message) ? 'OPTED_OUT' : 'INVALID';
}

/** Whether the invalid field is the number of the recipient, and not that of the sender. */
function namesNumber(fields: unknown, message: string): boolean {
  const names = Array.isArray(fields) ? fields.map((field: { Name?: unknown }) => String(field.Name)) : [];
  return (names.length > 0 ? names : [message]).some((text) => /destination ?phone ?number/i.test(text));
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

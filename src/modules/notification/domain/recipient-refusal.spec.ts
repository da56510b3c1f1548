import { emailRefusalOf, smsRefusalOf } from './recipient-refusal';

describe('an error of SNS', () => {
  it.each([
    [
      'InvalidParameterException',
      'Invalid parameter: PhoneNumber Reason: +910000000000 is not valid to publish to',
      'INVALID',
    ],
    ['InvalidParameterValueException', 'Invalid parameter: PhoneNumber', 'INVALID'],
    ['InvalidParameterException', 'Invalid parameter: PhoneNumber Reason: the number is opted out', 'OPTED_OUT'],
    ['OptedOutException', 'Phone number is opted out', 'OPTED_OUT'],
    ['InvalidParameterException', 'Invalid parameter: Message too long', undefined],
    ['InvalidParameterException', 'Invalid parameter: SMSType', undefined],
    ['ThrottledException', 'Rate exceeded', undefined],
    ['AuthorizationErrorException', 'Not authorized to publish to this phone number', undefined],
    ['InternalErrorException', 'Internal error', undefined],
    ['TimeoutError', 'Socket timed out', undefined],
  ])('%s, %s: means that the number is refused as %s', (name, message, reason) => {
    expect(smsRefusalOf({ name, message })).toBe(reason);
  });
});

describe('an error of SES', () => {
  it.each([
    ['BadRequestException', 'Illegal address', 'INVALID'],
    ['BadRequestException', "Missing final '@domain'", 'INVALID'],
    ['BadRequestException', 'Local address contains control or whitespace', 'INVALID'],
    ['BadRequestException', 'Domain starts with dot', 'INVALID'],
    ['MessageRejected', 'Address blacklisted.', 'SUPPRESSED'],
    ['MessageRejected', 'Address is on the suppression list of the account', 'SUPPRESSED'],
    [
      'MessageRejected',
      'Email address is not verified. The following identities failed the check: milk@a.example',
      undefined,
    ],
    ['MessageRejected', 'Transaction failed: invalid content', undefined],
    ['BadRequestException', 'Unknown configuration set', undefined],
    ['AccountSuspendedException', 'Sending is suppressed for this account', undefined],
    ['SendingPausedException', 'Sending is paused for this account', undefined],
    ['MailFromDomainNotVerifiedException', 'The domain is not verified', undefined],
    ['LimitExceededException', 'Daily message quota exceeded', undefined],
    ['TooManyRequestsException', 'Maximum sending rate exceeded', undefined],
  ])('%s, %s: means that the address is refused as %s', (name, message, reason) => {
    expect(emailRefusalOf({ name, message })).toBe(reason);
  });
});

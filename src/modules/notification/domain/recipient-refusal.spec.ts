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

describe('an error of End User Messaging', () => {
  const number = [{ Name: 'DestinationPhoneNumber', Message: 'is invalid' }];
  const sender = [{ Name: 'OriginationIdentity', Message: 'is no phone number' }];
  it.each([
    ['ValidationException', 'INVALID_PARAMETER', number, '', 'INVALID'],
    ['ValidationException', 'FIELD_VALIDATION_FAILED', number, '', 'INVALID'],
    ['ValidationException', 'CANNOT_PARSE', undefined, 'DestinationPhoneNumber cannot be parsed', 'INVALID'],
    ['ValidationException', 'INVALID_PARAMETER', sender, 'Invalid destination phone number', undefined],
    ['ValidationException', 'INVALID_PARAMETER', [{ Name: 'MessageBody' }], '', undefined],
    ['ValidationException', 'INVALID_PARAMETER', undefined, 'Invalid phone number of the sender', undefined],
    ['ValidationException', 'DESTINATION_COUNTRY_BLOCKED', number, '', undefined],
    ['ValidationException', 'INTERNATIONAL_SENDING_NOT_SUPPORTED', number, '', undefined],
    ['ValidationException', 'INVALID_IDENTITY_FOR_DESTINATION_COUNTRY', number, '', undefined],
    ['ConflictException', 'DESTINATION_PHONE_NUMBER_OPTED_OUT', undefined, '', 'OPTED_OUT'],
    ['ConflictException', 'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE', undefined, '', 'SUPPRESSED'],
    ['ConflictException', 'DESTINATION_PHONE_NUMBER_NOT_VERIFIED', undefined, '', undefined],
    ['ConflictException', 'DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION', undefined, '', undefined],
    ['ConflictException', 'toString', undefined, '', undefined],
    ['ConflictException', undefined, undefined, 'Phone number is opted out', undefined],
    ['ResourceNotFoundException', undefined, undefined, 'The phone number does not exist', undefined],
    ['AccessDeniedException', 'ACCOUNT_DISABLED', undefined, '', undefined],
    ['ThrottlingException', undefined, undefined, '', undefined],
    ['ServiceQuotaExceededException', 'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT', undefined, '', undefined],
  ])('%s, %s, %j, %s: means that the number is refused as %s', (name, Reason, Fields, message, reason) => {
    expect(smsRefusalOf({ name, message, Reason, Fields })).toBe(reason);
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

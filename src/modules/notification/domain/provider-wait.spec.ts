import { provesUnsent, waitOf } from './provider-wait';

describe('a message that a provider does not accept now', () => {
  it.each([
    ['ThrottlingException', 'Rate exceeded', 5],
    ['TooManyRequestsException', 'Maximum sending rate exceeded.', 5],
    ['TooManyRequestsException', 'Daily message quota exceeded.', 600],
    ['ServiceQuotaExceededException', 'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT', 600],
    ['InternalServerException', 'An unexpected error', undefined],
    ['AccessDeniedException', 'Not authorized', undefined],
  ])('%s, %s: waits for %s seconds', (name, message, seconds) => {
    expect(waitOf({ name, message })).toBe(seconds);
  });
});

describe('an error of a provider', () => {
  it.each([
    ['AccessDeniedException', 403, true],
    ['ConflictException', 409, true],
    ['InternalServerException', 500, false],
    ['ServiceUnavailableException', 503, false],
    ['TimeoutError', undefined, false],
  ])('%s with status %s: proves that nothing was sent: %s', (name, httpStatusCode, isProof) => {
    expect(provesUnsent({ name, $metadata: { httpStatusCode } })).toBe(isProof);
    expect(provesUnsent({ name })).toBe(false);
  });
});

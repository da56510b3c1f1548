/** A rate is available again at once, but other messages wait for it too. */
const RATE_WAIT_SECONDS = 5;
/** A quota of a day is available again within hours, little by little. */
const QUOTA_WAIT_SECONDS = 10 * 60;

/** The monthly spending limit of SMS, for example. An operator can raise it at any time. */
const QUOTA_EXCEEDED = /^ServiceQuotaExceeded(Exception)?$/;
const THROTTLING = /^(TooManyRequests|Throttling|Throttled|LimitExceeded)(Exception)?$/;

interface ProviderError extends Pick<Error, 'name'> {
  /** Of an error that is a response, not of a lost connection. */
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * How long a message waits before it is sent to a provider whose rate or quota is used up. Undefined for every other
 * error.
 */
export function waitOf({ name, message }: Pick<Error, 'name' | 'message'>): number | undefined {
  if (QUOTA_EXCEEDED.test(name)) return QUOTA_WAIT_SECONDS;
  if (!THROTTLING.test(name)) return undefined;
  return /daily|quota|limit exceeded/i.test(message) ? QUOTA_WAIT_SECONDS : RATE_WAIT_SECONDS;
}

/** Whether the provider has answered that the client is at fault. After any other error, it may have sent the message. */
export function provesUnsent({ $metadata: response }: ProviderError): boolean {
  const { httpStatusCode: status = 0 } = response ?? {};
  return status >= 400 && status < 500;
}

import { Unavailable } from './errors';

const CONTENTION = new Set([
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
  'ThrottlingError',
  'ThrottlingException',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);

const OUTAGE = new Set([
  'TimeoutError',
  'NetworkingError',
  'InternalServerError',
  'ServiceUnavailable',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'CredentialsProviderError',
  'ExpiredTokenException',
]);

/** Another write touched the same item, or the table is throttled. Nothing was written, so the caller can retry. */
export function isContention(code: string | undefined): boolean {
  return code !== undefined && CONTENTION.has(code);
}

/** Whether an error of an AWS client means that a dependency is unavailable. */
export function isOutage(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { name, code, $metadata } = error as { name: string; code?: string; $metadata?: { httpStatusCode?: number } };
  return isContention(name) || OUTAGE.has(name) || OUTAGE.has(code ?? '') || ($metadata?.httpStatusCode ?? 0) >= 500;
}

/** Whether a dependency did not answer, so that the same work may succeed later. */
export function isUnavailable(error: unknown): error is Error {
  return error instanceof Unavailable || isOutage(error);
}

export function unavailable(cause: unknown): Unavailable {
  return Object.assign(new Unavailable(), { cause });
}

import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { RefusalReason } from '../../user';
import { ProviderBusy, ProviderRejected, RecipientRefused } from '../domain/notification.errors';
import { provesUnsent, waitOf } from '../domain/provider-wait';

/**
 * Options for the clients of providers. They do not retry, because a provider cannot recognise a duplicate and the queue
 * retries the message. They time out well before the lease of the claim ends.
 */
export function withoutRetries() {
  return {
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 2_000,
      requestTimeout: 10_000,
      throwOnRequestTimeout: true,
    }),
  };
}

/**
 * The response of a provider. Refusals of the recipient become `RecipientRefused`, used up quotas `ProviderBusy`, and other
 * errors which prove that nothing was sent `ProviderRejected`.
 */
export async function withProviderErrors<T>(
  refusalOf: (error: Error) => RefusalReason | undefined,
  response: Promise<T>,
): Promise<T> {
  try {
    return await response;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const reason = refusalOf(error);
    if (reason) throw new RecipientRefused(reason);
    const seconds = waitOf(error);
    if (seconds !== undefined) throw new ProviderBusy(seconds);
    throw provesUnsent(error) ? new ProviderRejected(error.name) : error;
  }
}

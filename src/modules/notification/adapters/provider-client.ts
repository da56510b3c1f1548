import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { RefusalReason } from '../../user';
import { RecipientRefused } from '../domain/notification.errors';

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

/** The response of a provider. An error that means a refusal of the recipient becomes `RecipientRefused`. */
export async function withRefusals<T>(
  refusalOf: (error: Error) => RefusalReason | undefined,
  response: Promise<T>,
): Promise<T> {
  try {
    return await response;
  } catch (error) {
    const reason = error instanceof Error ? refusalOf(error) : undefined;
    throw reason ? new RecipientRefused(reason) : error;
  }
}

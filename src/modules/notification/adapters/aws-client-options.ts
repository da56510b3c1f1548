import { NodeHttpHandler } from '@smithy/node-http-handler';

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

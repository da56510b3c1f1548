import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * How providers are asked: once, since they cannot recognise a repetition, and the queue brings the message again;
 * and with an answer well before the claim's lease ends.
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

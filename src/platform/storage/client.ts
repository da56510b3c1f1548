import { S3Client } from '@aws-sdk/client-s3';
import type { PlatformSettings } from '../config/platform.settings';
import { traceAwsCalls } from '../telemetry/aws-tracing';

/** Uploads are a few megabytes at most, so a call that takes longer has failed. */
const REQUEST_TIMEOUTS = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
const MAX_ATTEMPTS = 4;

export type StorageClientConfig = Pick<PlatformSettings, 'region' | 'endpoints' | 'traces'>;

/** Retries outages and throttling with jitter. An emulator has no host name per bucket, so the path names the bucket. */
export function createS3Client(config: StorageClientConfig): S3Client {
  const { region, endpoints } = config;
  return traceAwsCalls(
    new S3Client({
      region,
      endpoint: endpoints.s3,
      forcePathStyle: endpoints.s3 !== undefined,
      maxAttempts: MAX_ATTEMPTS,
      requestHandler: REQUEST_TIMEOUTS,
    }),
    config,
  );
}

/** Signs links, and sends nothing. Browsers may reach an emulator at another address than the program. */
export function createLinkSigner({ region, endpoints }: StorageClientConfig): S3Client {
  return new S3Client({
    region,
    endpoint: endpoints.s3Public ?? endpoints.s3,
    forcePathStyle: endpoints.s3 !== undefined,
    // Otherwise an upload link requires a checksum of an empty body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
}

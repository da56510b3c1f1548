import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import type { PlatformSettings } from '../config/platform.settings';
import { createS3Client } from './client';
import type { Bucket } from './declare-bucket';

const ALREADY_THERE = new Set(['BucketAlreadyOwnedByYou', 'BucketAlreadyExists']);

/** Creates buckets, with a client of its own. For programs that do not start the application. */
export async function provisionBuckets(config: PlatformSettings, buckets: readonly Bucket[]): Promise<void> {
  const s3 = createS3Client(config);
  try {
    await createBuckets(s3, buckets);
  } finally {
    s3.destroy();
  }
}

/** Creates missing buckets. For local use and tests. */
export async function createBuckets(s3: S3Client, buckets: readonly Bucket[]): Promise<void> {
  for (const { name } of buckets) {
    try {
      await s3.send(new CreateBucketCommand({ Bucket: name }));
    } catch (error) {
      if (!ALREADY_THERE.has((error as Error).name)) throw error;
    }
  }
}

import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Inject, Injectable } from '@nestjs/common';
import { type Instant, instantOf } from '../../kernel/calendar';
import { isOutage, unavailable } from '../aws-errors';
import { Clock } from '../clock';
import type { Bucket } from './declare-bucket';

/** The client that signs links. */
export const LINK_SIGNER = Symbol('link signer');

export interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array;
  readonly contentType: string;
}

/** A link that anyone who has it can use until it expires. */
export interface Link {
  readonly url: string;
  /** Real time. */
  readonly expiresAt: Instant;
}

/** How long a link works. Long enough to open it, short enough that a link in a browser's history is worth nothing. */
const LINK_SECONDS = 15 * 60;

/** Objects in S3. An outage is retried, then reported as `service.unavailable`. */
@Injectable()
export class ObjectStorage {
  constructor(
    private readonly s3: S3Client,
    @Inject(LINK_SIGNER) private readonly signer: S3Client,
    private readonly clock: Clock,
  ) {}

  /** Stores an object and replaces an earlier one with its key. */
  async put({ name }: Bucket, { key, body, contentType }: StoredObject): Promise<void> {
    const command = new PutObjectCommand({ Bucket: name, Key: key, Body: body, ContentType: contentType });
    try {
      await this.s3.send(command);
    } catch (error) {
      throw isOutage(error) ? unavailable(error) : error;
    }
  }

  /** A link to an object, which browsers save under `fileName`. Sends nothing to S3. */
  async linkTo({ name }: Bucket, key: string, fileName: string): Promise<Link> {
    const disposition = `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, '_')}"`;
    const command = new GetObjectCommand({ Bucket: name, Key: key, ResponseContentDisposition: disposition });
    const url = await getSignedUrl(this.signer, command, { expiresIn: LINK_SECONDS });
    return { url, expiresAt: instantOf(this.clock.realNow() + LINK_SECONDS * 1_000) };
  }
}

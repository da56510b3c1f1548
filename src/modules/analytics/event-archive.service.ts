import { Inject, Injectable } from '@nestjs/common';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { hexDigestOf } from '../../kernel/ids';
import type { Bucket } from '../../platform/storage/declare-bucket';
import { ObjectStorage } from '../../platform/storage/object-storage.service';
import { EVENT_BUCKET } from './analytics.settings';
import type { AnalyticsEvent } from './domain/analytics-event';
import type { LogSlot } from './event-log.repository';

const ID_DIGITS = 32;

const compress = promisify(gzip);

/** An event with its place in the log. */
export interface PlacedEvent {
  readonly slot: LogSlot;
  readonly event: AnalyticsEvent;
}

/**
 * Raw events in S3, for analyses that the program does not make: one JSON object per line, compressed, in a folder per
 * local date and hour. See ADR 40.
 */
@Injectable()
export class EventArchive {
  constructor(
    private readonly storage: ObjectStorage,
    @Inject(EVENT_BUCKET) private readonly bucket: Bucket,
  ) {}

  /**
   * Stores events in one file per hour. The name of a file derives from its events, so storing the same events again
   * replaces it. `service.unavailable` if S3 does not answer.
   */
  async store(events: readonly PlacedEvent[]): Promise<void> {
    const byFolder = Map.groupBy(events, ({ slot: { date, hour } }) => `events/date=${date}/hour=${hour}`);
    await Promise.all([...byFolder].map(([folder, members]) => this.storeFile(folder, members)));
  }

  private async storeFile(folder: string, members: readonly PlacedEvent[]): Promise<void> {
    const events = members.map(({ event }) => event).sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
    const name = hexDigestOf(events.map(({ eventId }) => eventId).join(), ID_DIGITS);
    const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
    await this.storage.put(this.bucket, {
      key: `${folder}/${name}.json.gz`,
      body: await compress(lines),
      contentType: 'application/gzip',
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Calendar, type Instant } from '../../kernel/calendar';
import type { EventId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { readItem } from '../../platform/dynamo/read';
import { type AttributeChanges, type Condition, update, type Write } from '../../platform/dynamo/write';
import type { DeadNotification } from './domain/dead-notification';
import type { SuppressionReason } from './domain/message-limits';
import type { Channel, Notification } from './domain/notification';
import { AlreadyHandled, SendInProgress } from './domain/notification.errors';
import { smsListingOf } from './domain/sms-record';
import { notificationLogTable } from './notification.schema';

/**
 * Longer than a provider may take to respond. Shorter than the visibility timeout (30 s) and than the five attempts of a
 * message take together, so that the lease of a crashed worker loses no message.
 */
const LEASE_MILLISECONDS = 25_000;
const RETENTION_SECONDS = 90 * 24 * 60 * 60;

const CHANNELS: readonly Channel[] = ['EMAIL', 'SMS'];
const FINAL_STATUSES = ['SENT', 'REFUSED', 'SUPPRESSED'];

/** The list of dead notifications. */
const DEAD = 'DEAD';
const DEAD_ATTRIBUTES = ['listing', 'listedAt', 'failedAt'];

interface LogRow {
  readonly claimedAt?: Instant;
  readonly waitingSince?: Instant;
  readonly attempts: number;
  readonly unsentAttempt?: number;
}

/** The right to send one notification over one channel, until the lease ends. */
export interface Claim {
  readonly id: string;
  readonly channel: Channel;
  readonly leaseUntil: number;
  /** When it was claimed for the first time, in business time. */
  readonly claimedAt: Instant;
  /** Since when the provider has accepted nothing. Undefined until then, and again once every attempt has failed. */
  readonly waitingSince?: Instant;
  /** 1 for the first. */
  readonly attempt: number;
  /** The last attempt was counted, and the provider has certainly not sent it. */
  readonly isUnsent: boolean;
}

/** The log of notifications. */
@Injectable()
export class NotificationRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
  ) {
    this.table = database.tableName(notificationLogTable);
  }

  /**
   * Claims the right to send. `AlreadyHandled` if it was sent, refused for good or suppressed, `SendInProgress` while
   * another lease runs.
   */
  async claim(notification: Notification, channel: Channel): Promise<Claim> {
    const id = idOf(notification, channel);
    const leaseUntil = this.clock.realNow() + LEASE_MILLISECONDS;
    const now = this.clock.now();
    const row = await this.writeIfUnclaimed(id, {
      set: { ...this.describe(notification, channel), status: 'CLAIMED', leaseUntil },
      add: { attempts: 1 },
      defaults: { claimedAt: now },
      remove: DEAD_ATTRIBUTES,
    });
    const { claimedAt = now, waitingSince, attempts: attempt = 1, unsentAttempt } = row ?? {};
    return { id, channel, leaseUntil, claimedAt, waitingSince, attempt, isUnsent: unsentAttempt === attempt - 1 };
  }

  /** Records that it was sent, even if another worker has claimed it since. */
  async markSent({ id, channel }: Claim, providerId: string): Promise<void> {
    const now = this.clock.now();
    const set = { status: 'SENT', providerId, sentAt: now };
    const listed = channel === 'SMS' && { listing: smsListingOf(this.calendar.dateOf(now)), listedAt: now };
    const remove = ['leaseUntil', 'failure', 'unsentAttempt', 'waitingSince', ...DEAD_ATTRIBUTES].filter(
      (name) => !listed || !(name in listed),
    );
    await this.write(id, { set: { ...set, ...listed }, remove });
  }

  /** Records for good that the provider refuses the recipient, unless another worker has taken the claim. */
  async markRefused(claim: Claim, notification: Notification, reason: string): Promise<void> {
    await this.writeIfMine(claim, this.refusal(notification, reason));
  }

  /**
   * Records that it is not sent, because the provider refused the recipient earlier. `AlreadyHandled`, `SendInProgress`.
   */
  async recordRefused(notification: Notification, channel: Channel, reason: string): Promise<void> {
    const { set, remove } = this.refusal(notification, reason);
    await this.writeIfUnclaimed(idOf(notification, channel), {
      set: { ...this.describe(notification, channel), ...set },
      remove,
    });
  }

  /** Records for good that it is not sent, unless another worker has taken the claim. */
  async markSuppressed(claim: Claim, reason: SuppressionReason): Promise<void> {
    await this.writeIfMine(claim, this.suppression(reason));
  }

  /** Records that it is not sent, without a claim. `AlreadyHandled`, `SendInProgress`. */
  async recordSuppressed(notification: Notification, channel: Channel, reason: SuppressionReason): Promise<void> {
    const { set, remove } = this.suppression(reason);
    await this.writeIfUnclaimed(idOf(notification, channel), {
      set: { ...this.describe(notification, channel), ...set },
      remove,
    });
  }

  /**
   * Records that every attempt has failed. An admin can have it sent again, and then it may wait for the provider again.
   * `AlreadyHandled`, `SendInProgress`.
   */
  async markDead(notification: Notification, channel: Channel, failure: string): Promise<void> {
    const { message, data, requestId } = notification;
    const now = this.clock.now();
    await this.writeIfUnclaimed(idOf(notification, channel), {
      set: {
        ...this.describe(notification, channel),
        ...{
          status: 'DEAD',
          listing: DEAD,
          failure,
          failedAt: now,
          listedAt: now,
          message,
          data,
          requestId,
          leaseUntil: 0,
        },
      },
      remove: ['waitingSince'],
    });
  }

  /** Takes a notification off the list, once the queue has it. Does nothing if a worker has claimed it since. */
  async markRetried({ eventId, channel }: DeadNotification): Promise<void> {
    const claimed = new Error('A worker has claimed it');
    const isDead = {
      condition: 'listing = :dead AND #status = :dead',
      names: { status: 'status' },
      values: { dead: DEAD },
    };
    try {
      await this.write(
        `${eventId}#${channel}`,
        { set: { status: 'RETRIED' }, remove: DEAD_ATTRIBUTES },
        isDead,
        () => claimed,
      );
    } catch (error) {
      if (error !== claimed) throw error;
    }
  }

  /** The notifications whose every attempt has failed, oldest first. */
  async listDead(page: PageRequest): Promise<Page<DeadNotification>> {
    const { items, next } = await this.database.queryPage<Omit<DeadNotification, 'eventId'> & { id: string }>(
      {
        TableName: this.table,
        IndexName: 'byListing',
        KeyConditionExpression: 'listing = :dead',
        ExpressionAttributeValues: { ':dead': DEAD },
      },
      page,
    );
    return { items: items.map(({ id, ...row }) => ({ ...row, eventId: id.split('#')[0] as EventId })), next };
  }

  /** For each event, the channel, the status and the failure of its messages. Empty for one that was never tried. */
  async statusesOf(eventIds: readonly EventId[]): Promise<Map<EventId, string[]>> {
    const reads = eventIds.flatMap((eventId) => CHANNELS.map((channel) => ({ eventId, channel })));
    const rows = await this.database.batchGet(
      reads.map(({ eventId, channel }) =>
        readItem<{ status: string; failure?: string }>(this.table, { id: `${eventId}#${channel}` }),
      ),
    );
    const statuses = new Map<EventId, string[]>(eventIds.map((eventId) => [eventId, []]));
    reads.forEach(({ eventId, channel }, index) => {
      const row = rows[index];
      if (row) statuses.get(eventId)?.push([channel, row.status, row.failure].filter(Boolean).join(' '));
    });
    return statuses;
  }

  /** Gives up the claim, unless another worker has taken it. */
  async release(claim: Claim, failure: string): Promise<void> {
    await this.writeIfMine(claim, { set: { status: 'FAILED', failure, leaseUntil: 0 } });
  }

  /** Gives up the claim, because the provider has answered that it does not send it. */
  async releaseUnsent(claim: Claim, failure: string): Promise<void> {
    await this.writeIfMine(claim, { set: this.unsent(claim, failure) });
  }

  /** Gives up the claim, because the provider accepts nothing for now. */
  async releaseUntilFree(claim: Claim): Promise<void> {
    const set = this.unsent(claim, 'ProviderBusy');
    await this.writeIfMine(claim, { set, defaults: { waitingSince: this.clock.now() } });
  }

  /** Names the attempt, so that a later one during which the worker crashes does not count as unsent. */
  private unsent({ attempt }: Claim, failure: string) {
    return { status: 'FAILED', failure, leaseUntil: 0, unsentAttempt: attempt };
  }

  private describe({ userId, type }: Notification, channel: Channel) {
    const expiresAt = Math.floor(this.clock.realNow() / 1000) + RETENTION_SECONDS;
    return { userId, type, channel, expiresAt };
  }

  /** Keeps the contents, so that the notification can be sent once the recipient can be reached. */
  private refusal({ message, data, requestId }: Notification, failure: string) {
    return {
      set: { status: 'REFUSED', failure, refusedAt: this.clock.now(), message, data, requestId },
      remove: ['leaseUntil', ...DEAD_ATTRIBUTES],
    };
  }

  private suppression(failure: SuppressionReason) {
    return {
      set: { status: 'SUPPRESSED', failure, suppressedAt: this.clock.now() },
      remove: ['leaseUntil', ...DEAD_ATTRIBUTES],
    };
  }

  private async writeIfUnclaimed(id: string, change: AttributeChanges): Promise<LogRow | undefined> {
    const unclaimed = {
      condition: 'attribute_not_exists(id) OR leaseUntil < :now',
      values: { now: this.clock.realNow() },
    };
    return this.write(id, change, unclaimed, (old) =>
      FINAL_STATUSES.includes(String(old?.status)) ? new AlreadyHandled() : new SendInProgress(),
    );
  }

  private async writeIfMine({ id, leaseUntil }: Claim, change: AttributeChanges): Promise<void> {
    const lostClaim = new Error('Another worker has the claim');
    const isMine = { condition: 'leaseUntil = :mine', values: { mine: leaseUntil } };
    try {
      await this.write(id, change, isMine, () => lostClaim);
    } catch (error) {
      if (error !== lostClaim) throw error;
    }
  }

  private async write(
    id: string,
    change: AttributeChanges,
    condition: Condition = {},
    refused: Write['onConditionFailed'] = () => new Error('There is no condition'),
  ): Promise<LogRow | undefined> {
    return this.database.write<LogRow>(update(this.table, { id }, change, condition, refused));
  }
}

function idOf({ eventId }: Notification, channel: Channel): string {
  return `${eventId}#${channel}`;
}

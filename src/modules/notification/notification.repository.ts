import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { type AttributeChanges, type Condition, update, type Write } from '../../platform/dynamo/write';
import type { Channel, Notification } from './domain/notification';
import { AlreadySent, SendInProgress } from './domain/notification.errors';
import { notificationLogTable } from './notification.schema';

/**
 * Longer than a provider may take to respond. Shorter than the visibility timeout (30 s) and than the five attempts of a
 * message take together, so that the lease of a crashed worker loses no message.
 */
const LEASE_MILLISECONDS = 25_000;
const RETENTION_SECONDS = 90 * 24 * 60 * 60;

/** The right to send one notification over one channel, until the lease ends. */
export interface Claim {
  readonly id: string;
  readonly leaseUntil: number;
}

/** The log of sent notifications. */
@Injectable()
export class NotificationRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(notificationLogTable);
  }

  /** Claims the right to send. `AlreadySent` if it was sent, `SendInProgress` while another lease runs. */
  async claim({ eventId, userId, type }: Notification, channel: Channel): Promise<Claim> {
    const now = this.clock.realNow();
    const claim = { id: `${eventId}#${channel}`, leaseUntil: now + LEASE_MILLISECONDS };
    await this.write(
      claim.id,
      {
        set: {
          userId,
          type,
          status: 'CLAIMED',
          leaseUntil: claim.leaseUntil,
          expiresAt: Math.floor(now / 1000) + RETENTION_SECONDS,
        },
        add: { attempts: 1 },
      },
      { condition: 'attribute_not_exists(id) OR leaseUntil < :now', values: { now } },
      (old) => (old?.status === 'SENT' ? new AlreadySent() : new SendInProgress()),
    );
    return claim;
  }

  /** Records that it was sent, even if another worker has claimed it since. */
  async markSent({ id }: Claim, providerId: string): Promise<void> {
    const set = { status: 'SENT', providerId, sentAt: this.clock.now() };
    await this.write(id, { set, remove: ['leaseUntil', 'failure'] });
  }

  /** Gives up the claim, unless another worker has taken it. */
  async release({ id, leaseUntil }: Claim, failure: string): Promise<void> {
    const lostClaim = new Error('Another worker has the claim');
    try {
      await this.write(
        id,
        { set: { status: 'FAILED', failure, leaseUntil: 0 } },
        { condition: 'leaseUntil = :mine', values: { mine: leaseUntil } },
        () => lostClaim,
      );
    } catch (error) {
      if (error !== lostClaim) throw error;
    }
  }

  private async write(
    id: string,
    change: AttributeChanges,
    condition: Condition = {},
    refused: Write['onConditionFailed'] = () => new Error('There is no condition'),
  ): Promise<void> {
    await this.database.write(update(this.table, { id }, change, condition, refused));
  }
}

import type { Instant } from '../../../kernel/calendar';
import type { Channel, Notification } from './notification';

/** A notification that could not be sent over a channel, because every attempt failed. */
export interface DeadNotification extends Notification {
  readonly channel: Channel;
  /** The name of the last error. */
  readonly failure: string;
  readonly failedAt: Instant;
}

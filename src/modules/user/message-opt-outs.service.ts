import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import { Transaction } from '../../platform/transaction/transaction';
import type { OptionalKind, PreferenceChannel } from './domain/message-preferences';
import { AlreadyOptedOut } from './domain/user.errors';
import { UserRepository } from './user.repository';

/** Lets people turn off messages without signing in, by a link in the message. */
@Injectable()
export class MessageOptOuts {
  constructor(
    private readonly repository: UserRepository,
    private readonly transaction: Transaction,
  ) {}

  /** Turns off a kind of message on a channel. Does nothing if it is off: `user.not_found`. Emits `user.updated`. */
  async turnOff(userId: UserId, channel: PreferenceChannel, kind: OptionalKind): Promise<void> {
    try {
      await this.transaction.commit(
        [this.repository.turnOff(userId, channel, kind)],
        [{ type: 'user.updated', userId, changed: ['notifications'] }],
      );
    } catch (error) {
      if (!(error instanceof AlreadyOptedOut)) throw error;
    }
  }
}

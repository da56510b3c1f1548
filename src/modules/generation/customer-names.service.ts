import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { mapRead } from '../../platform/dynamo/read';
import { UserService } from '../user';

/** The names of customers, for lists that an admin reads. */
@Injectable()
export class CustomerNames {
  constructor(
    private readonly users: UserService,
    private readonly database: Database,
  ) {}

  /** Without those who have no account. A hundred customers take one round trip. */
  async of(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, string>> {
    const ids = [...new Set(userIds)];
    const reads = ids.map((userId) => mapRead(this.users.contactReadOf(userId), (contact) => contact?.name));
    const names = await this.database.batchGet(reads, { consistent: false });
    return new Map(ids.flatMap((userId, index) => (names[index] === undefined ? [] : [[userId, names[index]]])));
  }
}

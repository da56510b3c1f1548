import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database, type Read } from '../../platform/dynamo/database';
import { type Item, put, update, type Write } from '../../platform/dynamo/write';
import { newEventId, type UserId } from '../../platform/ids';
import type { Minor } from '../../platform/money';
import { type Entry, type EntryKey, newWallet, type Wallet } from './wallet';
import { InsufficientBalance, MovedBefore, WalletMoved } from './wallet.errors';
import { ledgerTable, walletTable } from './wallet.schema';

/** Paying and the daily orders are hot: everything goes through the document client. */
@Injectable()
export class WalletRepository {
  private readonly wallets: string;
  private readonly ledger: string;

  constructor(private readonly database: Database) {
    this.wallets = database.tableName(walletTable);
    this.ledger = database.tableName(ledgerTable);
  }

  readOf(userId: UserId): Read {
    return { table: this.wallets, key: { userId } };
  }

  /** Whoever has none has an empty one. */
  async find(userId: UserId): Promise<Wallet> {
    return walletOf(userId, await this.database.get<Item>(this.readOf(userId)));
  }

  /** Enters a movement into the ledger; `MovedBefore` when it is there. */
  enter(entry: Entry): Write {
    return put(
      this.ledger,
      { ...entry, moment: `${entry.at}#${newEventId()}` },
      { condition: 'attribute_not_exists(entryId)' },
      () => new MovedBefore(entry.entryId),
    );
  }

  credit(userId: UserId, amount: Minor): Write {
    const { lowBalanceThreshold, version } = newWallet(userId);
    return update(
      this.wallets,
      { userId },
      {
        add: { balance: amount, spare: amount },
        initially: { spare: -lowBalanceThreshold, lowBalanceThreshold, version },
      },
    );
  }

  /** A debit that leaves the balance on its side of the threshold. `InsufficientBalance`, `WalletMoved`. */
  debit(userId: UserId, amount: Minor): Write {
    return update(
      this.wallets,
      { userId },
      { add: { balance: -amount, spare: -amount } },
      {
        condition: 'balance >= :amount AND (spare >= :amount OR spare < :zero)',
        values: { amount, zero: 0 },
      },
      (old) => whyNot(userId, amount, old),
    );
  }

  /** A debit of a wallet that is exactly as it was seen. `InsufficientBalance`, `WalletMoved`. */
  debitSeen({ userId, balance, lowBalanceThreshold }: Wallet, amount: Minor): Write {
    return update(
      this.wallets,
      { userId },
      { add: { balance: -amount, spare: -amount } },
      {
        condition: 'balance = :balance AND lowBalanceThreshold = :threshold AND balance >= :amount',
        values: { balance, threshold: lowBalanceThreshold, amount },
      },
      (old) => whyNot(userId, amount, old),
    );
  }

  /** Sets the threshold of a wallet whose settings are as they were seen; answers with the wallet as it is then. */
  async setThreshold(seen: Wallet, lowBalanceThreshold: Minor): Promise<Wallet> {
    const { userId, version } = seen;
    const fresh = newWallet(userId);
    const changed = await this.database.write<Item>(
      update(
        this.wallets,
        { userId },
        {
          set: { lowBalanceThreshold },
          add: { balance: 0, spare: seen.lowBalanceThreshold - lowBalanceThreshold, version: 1 },
          initially: { spare: -fresh.lowBalanceThreshold, version: fresh.version },
        },
        { condition: 'attribute_not_exists(userId) OR version = :seen', values: { seen: version } },
        (old) => new WalletMoved(walletOf(userId, old)),
      ),
    );
    return walletOf(userId, changed);
  }

  /** A wallet's entries, newest first. */
  async entriesOf(userId: UserId, page: PageRequest): Promise<Page<Entry>> {
    return this.database.page<Entry>(
      {
        TableName: this.ledger,
        IndexName: 'byTime',
        KeyConditionExpression: 'userId = :user',
        ExpressionAttributeValues: { ':user': userId },
        ScanIndexForward: false,
        ConsistentRead: true,
      },
      page,
    );
  }

  /** Wallets by their users; undefined where there is none. */
  async findAll(userIds: readonly UserId[]): Promise<(Wallet | undefined)[]> {
    const items = await this.database.batchGet(userIds.map((userId) => this.readOf(userId)));
    return items.map((item, index) => item && walletOf(userIds[index] as UserId, item));
  }

  /** Entries by their users and ids; undefined where there is none. */
  async findEntries(wanted: readonly EntryKey[]): Promise<(Entry | undefined)[]> {
    const reads = wanted.map(({ userId, entryId }) => ({ table: this.ledger, key: { userId, entryId } }));
    return (await this.database.batchGet(reads)) as unknown as (Entry | undefined)[];
  }

  /** Every wallet there is, in no order that means anything. */
  async all(page: PageRequest): Promise<Page<Wallet>> {
    return this.database.scan<Wallet>(this.wallets, page);
  }

  /** Every entry there is, those of one wallet together. */
  async allEntries(page: PageRequest): Promise<Page<Entry>> {
    return this.database.scan<Entry>(this.ledger, page);
  }
}

/** The wallet in what was read of it. */
export function walletOf(userId: UserId, item: Item | undefined): Wallet {
  const { balance, lowBalanceThreshold, version } = { ...newWallet(userId), ...(item as Partial<Wallet> | undefined) };
  return { userId, balance, lowBalanceThreshold, version };
}

function whyNot(userId: UserId, amount: Minor, old: Item | undefined): Error {
  const now = walletOf(userId, old);
  return now.balance < amount ? new InsufficientBalance(now, amount) : new WalletMoved(now);
}

import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../kernel/calendar';
import { newEventId, type UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { type Condition, type Item, put, update, type Write } from '../../platform/dynamo/write';
import { type LedgerEntry, type LedgerEntryKey, newWallet, type Wallet } from './domain/wallet';
import { EntryExists, InsufficientBalance, WalletChanged } from './domain/wallet.errors';
import { ledgerTable, walletTable } from './wallet.schema';

/** Wallets and the ledger of their movements. */
@Injectable()
export class WalletRepository {
  private readonly wallets: string;
  private readonly ledger: string;

  constructor(private readonly database: Database) {
    this.wallets = database.tableName(walletTable);
    this.ledger = database.tableName(ledgerTable);
  }

  /** A wallet; an empty one if none is stored. */
  readOf(userId: UserId): Read<Wallet> {
    return { table: this.wallets, key: { userId }, parse: (item) => walletOf(userId, item) };
  }

  async find(userId: UserId): Promise<Wallet> {
    return this.database.get(this.readOf(userId));
  }

  /** Adds an entry to the ledger; `EntryExists` if it is already there. */
  addEntry(entry: LedgerEntry): Write {
    return put(
      this.ledger,
      { ...entry, moment: `${entry.at}#${newEventId()}` },
      { condition: 'attribute_not_exists(entryId)' },
      () => new EntryExists(entry.entryId),
    );
  }

  /** Adds to the balance. The customer can then be warned of a low balance again. */
  credit(userId: UserId, amount: MinorUnits): Write {
    const { lowBalanceThreshold, version } = newWallet(userId);
    return update(
      this.wallets,
      { userId },
      {
        add: { balance: amount, spare: amount },
        defaults: { spare: -lowBalanceThreshold, lowBalanceThreshold, version },
        remove: amount > 0 ? ['toldOn', 'toldAhead'] : [],
      },
    );
  }

  /** A debit that does not cross the low-balance threshold. `InsufficientBalance`, `WalletChanged`. */
  debit(userId: UserId, amount: MinorUnits): Write {
    return update(
      this.wallets,
      { userId },
      { add: { balance: -amount, spare: -amount } },
      {
        condition: 'balance >= :amount AND (spare >= :amount OR spare < :zero)',
        values: { amount, zero: 0 },
      },
      (old) => refusalOf(userId, amount, old),
    );
  }

  /**
   * A debit of a wallet that is exactly as in the snapshot. Records a low-balance warning `today`.
   * `InsufficientBalance`, `WalletChanged`.
   */
  debitUnchanged(snapshot: Wallet, amount: MinorUnits, today: LocalDate): Write {
    const { userId } = snapshot;
    const { condition, values } = unchangedCondition(snapshot);
    return update(
      this.wallets,
      { userId },
      { set: { toldOn: today }, add: { balance: -amount, spare: -amount } },
      { condition: `${condition} AND balance >= :amount`, values: { ...values, amount } },
      (old) => refusalOf(userId, amount, old),
    );
  }

  /** Records a warning `today` of a delivery that is not covered; once until the next credit. `WalletChanged`. */
  recordAdvanceWarning(snapshot: Wallet, today: LocalDate): Write {
    const { userId } = snapshot;
    const { condition, values } = unchangedCondition(snapshot);
    return update(
      this.wallets,
      { userId },
      { set: { toldOn: today, toldAhead: true } },
      { condition: `${condition} AND attribute_not_exists(toldAhead)`, values },
      (old) => new WalletChanged(walletOf(userId, old)),
    );
  }

  /** Sets the threshold if the settings are as in the snapshot. `WalletChanged`. */
  setThreshold(snapshot: Wallet, lowBalanceThreshold: MinorUnits): Write {
    const { userId, version } = snapshot;
    const defaults = newWallet(userId);
    return update(
      this.wallets,
      { userId },
      {
        set: { lowBalanceThreshold },
        add: { balance: 0, spare: snapshot.lowBalanceThreshold - lowBalanceThreshold, version: 1 },
        defaults: { spare: -defaults.lowBalanceThreshold, version: defaults.version },
      },
      { condition: 'attribute_not_exists(userId) OR version = :seen', values: { seen: version } },
      (old) => new WalletChanged(walletOf(userId, old)),
    );
  }

  /** A wallet's entries, newest first. */
  async entriesOf(userId: UserId, page: PageRequest): Promise<Page<LedgerEntry>> {
    return this.database.queryPage<LedgerEntry>(
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

  /** Wallets by their user ids; undefined where there is none. */
  async findAll(userIds: readonly UserId[]): Promise<(Wallet | undefined)[]> {
    return this.database.batchGet(
      userIds.map((userId) => ({
        ...this.readOf(userId),
        parse: (item: Item | undefined) => item && walletOf(userId, item),
      })),
    );
  }

  /** Entries by their keys; undefined where there is none. */
  async findEntries(keys: readonly LedgerEntryKey[]): Promise<(LedgerEntry | undefined)[]> {
    return this.database.batchGet(
      keys.map(({ userId, entryId }) => readItem<LedgerEntry>(this.ledger, { userId, entryId })),
    );
  }

  /** All wallets, in no particular order. */
  async scanWallets(page: PageRequest): Promise<Page<Wallet>> {
    return this.database.scanPage<Wallet>(this.wallets, page);
  }

  /** All entries, those of one wallet together. */
  async scanEntries(page: PageRequest): Promise<Page<LedgerEntry>> {
    return this.database.scanPage<LedgerEntry>(this.ledger, page);
  }
}

function walletOf(userId: UserId, item: Item | undefined): Wallet {
  const wallet: Wallet = { ...newWallet(userId), ...(item as Partial<Wallet> | undefined) };
  const { balance, lowBalanceThreshold, version, toldOn, toldAhead } = wallet;
  return { userId, balance, lowBalanceThreshold, version, toldOn, toldAhead };
}

function unchangedCondition({ balance, lowBalanceThreshold, toldOn }: Wallet): Condition {
  const warningCondition = toldOn === undefined ? 'attribute_not_exists(toldOn)' : 'toldOn = :toldOn';
  return {
    condition: `balance = :balance AND lowBalanceThreshold = :threshold AND ${warningCondition}`,
    values: { balance, threshold: lowBalanceThreshold, ...(toldOn !== undefined && { toldOn }) },
  };
}

function refusalOf(userId: UserId, amount: MinorUnits, old: Item | undefined): Error {
  const current = walletOf(userId, old);
  return current.balance < amount ? new InsufficientBalance(current, amount) : new WalletChanged(current);
}

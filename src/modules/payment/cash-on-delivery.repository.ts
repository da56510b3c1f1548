import { Injectable } from '@nestjs/common';
import type { PaymentId, UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import type { Read } from '../../platform/dynamo/read';
import { type Condition, type Item, put, update, type Write } from '../../platform/dynamo/write';
import { type CashAccount, type CashLimits, MAX_OPEN_PAYMENTS } from './domain/cash-account';
import type { OrderPayment } from './domain/payment';
import { cashOnDeliveryTable } from './payment.schema';

/** The payment would exceed the limit of its customer, or another write has changed the account. */
export class CashAccountRefused extends Error {
  constructor(readonly current: CashAccount) {
    super('The account for cash on delivery refuses the write');
  }
}

const HAS_ROOM = `(attribute_not_exists(paymentIds) OR size(paymentIds) < :most)`;

/** What each customer still has to pay on delivery. Changed in the transactions that create and settle the payments. */
@Injectable()
export class CashOnDeliveryRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(cashOnDeliveryTable);
  }

  async find(userId: UserId): Promise<CashAccount> {
    return this.database.get(this.readOf(userId));
  }

  /** The accounts of some users, in their order; an empty one for a user without an account. */
  async findAll(userIds: readonly UserId[]): Promise<CashAccount[]> {
    return this.database.batchGet(userIds.map((userId) => this.readOf(userId)));
  }

  /** All accounts, in no particular order. */
  async scan(page: PageRequest): Promise<Page<CashAccount>> {
    const { items, next } = await this.database.scanPage<Item & { userId: UserId }>(this.table, page);
    return { items: items.map((item) => accountOf(item.userId, item)), next };
  }

  /** Adds a payment that stays within the limits. `CashAccountRefused`. */
  addWithin({ first, later }: CashLimits, payment: OrderPayment): Write {
    const [firstRoom, laterRoom] = [first - payment.amount, later - payment.amount];
    const isFirstAllowed = firstRoom >= 0 ? 'attribute_not_exists(userId) OR ' : '';
    return this.change(payment, payment.amount, {
      condition: `(${isFirstAllowed}openAmount <= :firstRoom OR (hasDelivery = :yes AND openAmount <= :laterRoom)) AND ${HAS_ROOM}`,
      values: { firstRoom, laterRoom, yes: true, most: MAX_OPEN_PAYMENTS },
    });
  }

  /** Adds a payment whatever the limits. `CashAccountRefused` if the account names too many payments. */
  add(payment: OrderPayment): Write {
    return this.change(payment, payment.amount, { condition: HAS_ROOM, values: { most: MAX_OPEN_PAYMENTS } });
  }

  /** Adds to the amount of a payment that was added before. */
  raise(payment: OrderPayment, amount: MinorUnits): Write {
    return this.change(payment, amount, {});
  }

  /** Removes a payment. `isDelivered` if its cash was collected. */
  remove({ userId, paymentId, amount }: OrderPayment, isDelivered: boolean): Write {
    return update(
      this.table,
      { userId },
      {
        set: isDelivered ? { hasDelivery: true } : {},
        add: { openAmount: -amount },
        removeFromSets: { paymentIds: new Set([paymentId]) },
      },
    );
  }

  /** Replaces an account that is as it was seen. `CashAccountRefused`. */
  replace(seen: CashAccount, { userId, openAmount, paymentIds, hasDelivery }: CashAccount): Write {
    return put(
      this.table,
      {
        userId,
        openAmount,
        ...(paymentIds.length > 0 && { paymentIds: new Set(paymentIds) }),
        ...(hasDelivery && { hasDelivery }),
      },
      unchangedCondition(seen),
      (old) => new CashAccountRefused(accountOf(userId, old)),
    );
  }

  private readOf(userId: UserId): Read<CashAccount> {
    return { table: this.table, key: { userId }, parse: (item) => accountOf(userId, item) };
  }

  private change({ userId, paymentId }: OrderPayment, amount: MinorUnits, condition: Condition): Write {
    return update(
      this.table,
      { userId },
      { add: { openAmount: amount, paymentIds: new Set([paymentId]) } },
      condition,
      (old) => new CashAccountRefused(accountOf(userId, old)),
    );
  }
}

function unchangedCondition({ openAmount, paymentIds }: CashAccount): Condition {
  if (paymentIds.length === 0) {
    return {
      condition: 'attribute_not_exists(paymentIds) AND (attribute_not_exists(userId) OR openAmount = :seen)',
      values: { seen: openAmount },
    };
  }
  return {
    condition: 'openAmount = :seen AND paymentIds = :paymentIds',
    values: { seen: openAmount, paymentIds: new Set(paymentIds) },
  };
}

function accountOf(userId: UserId, item: Item | undefined): CashAccount {
  return {
    userId,
    openAmount: Number(item?.openAmount ?? 0),
    paymentIds: [...((item?.paymentIds as ReadonlySet<PaymentId> | undefined) ?? [])],
    hasDelivery: item?.hasDelivery === true,
  };
}

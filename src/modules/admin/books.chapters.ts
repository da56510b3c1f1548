import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import type { PaymentId, UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import { iteratePages } from '../../platform/dynamo/cursor';
import { DeliveryService } from '../delivery';
import { type Order, OrderLists } from '../order';
import { type Booked, isByGateway, type Payment, PaymentBooks, walletMovementsOf } from '../payment';
import { ADJUSTMENT_TYPES, type Entry, entryIdOf, sumOf, type Wallet, WalletService } from '../wallet';
import {
  chargeViolations,
  entryViolations,
  orderViolations,
  paymentViolations,
  type Violation,
  walletViolations,
} from './books';

/** Everything of one kind, and how one of them is held against all that must agree with it. */
export interface Chapter<S> {
  /** All there are, page by page. */
  pages(): AsyncIterable<readonly S[]>;
  /** One of them as it is now; undefined when it is gone. */
  again(subject: S): Promise<S | undefined>;
  /** What is wrong with each; what they are compared with is read now. */
  violationsOf(subjects: readonly S[]): Promise<(readonly Violation[])[]>;
}

const A_PAGE = 100;
const AT_ONCE = 8;

/** The chapters of the books. Each page is compared in a few batches of reads by key, so that memory stays flat. */
@Injectable()
export class Chapters {
  constructor(
    private readonly wallets: WalletService,
    private readonly orders: OrderLists,
    private readonly payments: PaymentBooks,
    private readonly deliveries: DeliveryService,
  ) {}

  readonly wallet: Chapter<Wallet> = {
    pages: () => iteratePages(A_PAGE, (page) => this.wallets.walkWallets(page)),
    again: async ({ userId }) => (await this.wallets.walletsOf([userId]))[0],
    violationsOf: (wallets) =>
      few(wallets, async (wallet) => walletViolations({ wallet, sum: await this.sumOfEntries(wallet.userId) })),
  };

  readonly entry: Chapter<Entry> = {
    pages: () => iteratePages(A_PAGE, (page) => this.wallets.walkEntries(page)),
    again: async (entry) => (await this.wallets.entriesOf([entry]))[0],
    violationsOf: async (entries) => {
      const isByHand = ({ type }: Entry) => ADJUSTMENT_TYPES.some((byHand) => byHand === type);
      const wallets = await this.wallets.walletsOf(entries.map(({ userId }) => userId));
      const payments = await this.payments.ofIds(entries.map(({ sourceId }) => sourceId));
      return entries.map((entry, index) => {
        const payment = payments[index];
        const made = payment ? madeBy(payment) : [];
        return entryViolations({ entry, hasWallet: wallets[index] !== undefined, isByHand: isByHand(entry), made });
      });
    },
  };

  readonly order: Chapter<Order> = {
    pages: () => iteratePages(A_PAGE, (page) => this.orders.walk(page)),
    again: async ({ orderId }) => (await this.orders.ofIds([orderId]))[0],
    violationsOf: async (orders) => {
      const payments = await this.paymentsBy(orders.map(({ payment }) => payment?.paymentId));
      return orders.map((order) => orderViolations({ order, payment: payments.get(order.payment?.paymentId ?? '') }));
    },
  };

  readonly payment: Chapter<Payment> = {
    pages: () => iteratePages(A_PAGE, (page) => this.payments.walk(page)),
    again: ({ paymentId }) => this.paymentOf(paymentId),
    violationsOf: async (payments) => {
      const orderIds = payments.flatMap(({ orderId }) => orderId ?? []);
      const orders = new Map((await this.orders.ofIds(orderIds)).map((order) => [order?.orderId, order]));
      const ownIds = [...orders.values()].map((order) => order?.payment?.paymentId);
      const own = await this.paymentsBy(ownIds);
      const made = payments.flatMap(madeBy);
      const missing = new Set(await this.missingAmong(made));
      return few(payments, async (payment) => {
        const order = payment.orderId === undefined ? undefined : orders.get(payment.orderId);
        const summary = order?.payment;
        return paymentViolations({
          payment,
          order,
          other: summary && summary.paymentId !== payment.paymentId ? own.get(summary.paymentId) : undefined,
          isKept: await this.isKept(payment, order),
          missingEntries: made.filter((entry) => entry.sourceId === payment.paymentId && missing.has(entry)),
          isByGateway: isByGateway(payment),
          charge: hasSucceeded(payment) ? await this.payments.chargeOf(payment) : undefined,
        });
      });
    },
  };

  readonly charge: Chapter<Booked> = {
    pages: () => grouped(this.payments.charges()),
    again: async (charge) => {
      const payment = await this.paymentOf(charge.paymentId);
      return payment && isByGateway(payment) ? this.payments.chargeOf(payment) : charge;
    },
    violationsOf: async (charges) => {
      const payments = await this.payments.ofIds(charges.map(({ paymentId }) => paymentId));
      return charges.map((charge, index) => {
        const payment = payments[index];
        return chargeViolations({ charge, payment: payment && isByGateway(payment) ? payment : undefined });
      });
    },
  };

  private async sumOfEntries(userId: UserId): Promise<MinorUnits> {
    let sum = 0;
    for await (const entries of iteratePages(A_PAGE, (page) => this.wallets.ledgerOf(userId, page)))
      sum += sumOf(entries);
    return sum;
  }

  private async missingAmong(made: readonly Made[]): Promise<readonly Made[]> {
    const entries = await this.wallets.entriesOf(made);
    return made.filter((_, index) => entries[index] === undefined);
  }

  /** Only who has paid for what was brought in vain has the dairy look at why. */
  private async isKept({ status }: Payment, order: Order | undefined): Promise<boolean> {
    if (status !== 'SUCCESS' || order?.status !== 'CANCELLED') return false;
    return this.deliveries.hasFailedByCustomersDoing(order.orderId);
  }

  private async paymentOf(paymentId: PaymentId): Promise<Payment | undefined> {
    return (await this.payments.ofIds([paymentId]))[0];
  }

  private async paymentsBy(paymentIds: readonly (PaymentId | undefined)[]): Promise<ReadonlyMap<PaymentId, Payment>> {
    const payments = await this.payments.ofIds(paymentIds.filter((paymentId) => paymentId !== undefined));
    return new Map(payments.flatMap((payment) => (payment ? [[payment.paymentId, payment]] : [])));
  }
}

type Made = ReturnType<typeof madeBy>[number];

/** The entries that a payment must have made. */
function madeBy(payment: Payment) {
  const { userId } = payment;
  return walletMovementsOf(payment).map((movement) => ({ ...movement, userId, entryId: entryIdOf(movement) }));
}

function hasSucceeded({ status }: Payment): boolean {
  return status === 'SUCCESS' || status === 'REFUNDED';
}

function few<S, T>(subjects: readonly S[], work: (subject: S) => Promise<T>): Promise<T[]> {
  return pLimit(AT_ONCE).map(subjects, work);
}

async function* grouped<T>(all: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let group: T[] = [];
  for await (const one of all) {
    group.push(one);
    if (group.length < A_PAGE) continue;
    yield group;
    group = [];
  }
  yield group;
}

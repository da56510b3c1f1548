import { Injectable } from '@nestjs/common';
import type { PaymentId, UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import { iteratePages } from '../../platform/dynamo/cursor';
import { DeliveryService } from '../delivery';
import { type Order, OrderQueryService } from '../order';
import {
  type CapturedCharge,
  type CashAccount,
  isGatewayPayment,
  type Payment,
  PaymentAudit,
  walletMovementsOf,
} from '../payment';
import {
  ADJUSTMENT_TYPES,
  entryIdOf,
  type LedgerEntry,
  paymentIdOfSource,
  sumOf,
  type Wallet,
  WalletService,
} from '../wallet';
import {
  cashViolations,
  chargeViolations,
  entryViolations,
  orderViolations,
  paymentViolations,
  walletViolations,
} from './domain/invariants';
import { paymentNotices } from './domain/notices';
import { type Check, mapLimited } from './check';
import { InvoiceChecks } from './invoice-checks.service';

const PAGE_SIZE = 100;

/**
 * The checks of all kinds of subjects. Each page is compared by a few batches of reads, so that memory use is constant.
 */
@Injectable()
export class ReconciliationChecks {
  constructor(
    private readonly wallets: WalletService,
    private readonly orders: OrderQueryService,
    private readonly payments: PaymentAudit,
    private readonly deliveries: DeliveryService,
    private readonly invoices: InvoiceChecks,
  ) {}

  readonly wallet: Check<Wallet> = {
    pages: () => iteratePages(PAGE_SIZE, (page) => this.wallets.scanWallets(page)),
    reload: async ({ userId }) => (await this.wallets.walletsOf([userId]))[0],
    violationsOf: (wallets) =>
      mapLimited(wallets, async (wallet) => walletViolations({ wallet, sum: await this.sumOfEntries(wallet.userId) })),
  };

  readonly entry: Check<LedgerEntry> = {
    pages: () => iteratePages(PAGE_SIZE, (page) => this.wallets.scanEntries(page)),
    reload: async (entry) => (await this.wallets.entriesOf([entry]))[0],
    violationsOf: async (entries) => {
      const isManual = ({ type }: LedgerEntry) => ADJUSTMENT_TYPES.some((manual) => manual === type);
      const wallets = await this.wallets.walletsOf(entries.map(({ userId }) => userId));
      const payments = await this.payments.findByIds(entries.map(({ sourceId }) => paymentIdOfSource(sourceId)));
      return entries.map((entry, index) => {
        const payment = payments[index];
        const expectedEntries = payment ? expectedEntriesOf(payment) : [];
        return entryViolations({
          entry,
          hasWallet: wallets[index] !== undefined,
          isManual: isManual(entry),
          expectedEntries,
        });
      });
    },
  };

  readonly order: Check<Order> = {
    pages: () => iteratePages(PAGE_SIZE, (page) => this.orders.scan(page)),
    reload: async ({ orderId }) => (await this.orders.findByIds([orderId]))[0],
    violationsOf: async (orders) => {
      const payments = await this.paymentsById(orders.map(({ payment }) => payment?.paymentId));
      const ofInvoices = await this.invoices.violationsOfOrders(orders);
      return orders.map((order, index) => [
        ...orderViolations({ order, payment: payments.get(order.payment?.paymentId ?? '') }),
        ...(ofInvoices[index] ?? []),
      ]);
    },
  };

  readonly payment: Check<Payment> = {
    pages: () => iteratePages(PAGE_SIZE, (page) => this.payments.scan(page)),
    reload: ({ paymentId }) => this.paymentOf(paymentId),
    violationsOf: async (payments) => {
      const orderIds = payments.flatMap(({ orderId }) => orderId ?? []);
      const orders = new Map((await this.orders.findByIds(orderIds)).map((order) => [order?.orderId, order]));
      const ownIds = [...orders.values()].map((order) => order?.payment?.paymentId);
      const own = await this.paymentsById(ownIds);
      const expectedEntries = payments.flatMap(expectedEntriesOf);
      const missing = new Set(await this.missingEntriesOf(expectedEntries));
      const uncounted = new Set(await this.missingInAccounts(payments));
      return mapLimited(payments, async (payment) => {
        const order = payment.orderId === undefined ? undefined : orders.get(payment.orderId);
        const summary = order?.payment;
        return paymentViolations({
          payment,
          order,
          otherPayment: summary && summary.paymentId !== payment.paymentId ? own.get(summary.paymentId) : undefined,
          isRefundWaived: await this.isRefundWaived(payment, order),
          missingEntries: expectedEntries.filter(
            (entry) => paymentIdOfSource(entry.sourceId) === payment.paymentId && missing.has(entry),
          ),
          isMissingInAccount: uncounted.has(payment.paymentId),
          isGatewayPayment: isGatewayPayment(payment),
          charge: hasSucceeded(payment) ? await this.payments.capturedChargeOf(payment) : undefined,
        });
      });
    },
    noticesOf: async (payments) => {
      const remarkable = payments.filter(({ refund, dispute }) => refund?.byHand || dispute);
      const orders = await this.orders.findByIds(remarkable.flatMap(({ orderId }) => orderId ?? []));
      return remarkable.flatMap((payment) => {
        return paymentNotices({ payment, order: orders.find((order) => order?.orderId === payment.orderId) });
      });
    },
  };

  readonly cash: Check<CashAccount> = {
    pages: () => iteratePages(PAGE_SIZE, (page) => this.payments.scanCash(page)),
    reload: async ({ userId }) => (await this.payments.cashOf([userId]))[0],
    violationsOf: async (accounts) => {
      const payments = await this.paymentsById(accounts.flatMap(({ paymentIds }) => paymentIds));
      return accounts.map((account) =>
        cashViolations({ account, payments: account.paymentIds.map((paymentId) => payments.get(paymentId)) }),
      );
    },
  };

  readonly charge: Check<CapturedCharge> = {
    pages: () => chunked(this.payments.capturedCharges()),
    reload: async (charge) => {
      const payment = await this.paymentOf(charge.paymentId);
      return payment && isGatewayPayment(payment) ? this.payments.capturedChargeOf(payment) : charge;
    },
    violationsOf: async (charges) => {
      const payments = await this.payments.findByIds(charges.map(({ paymentId }) => paymentId));
      return charges.map((charge, index) => {
        const payment = payments[index];
        return chargeViolations({ charge, payment: payment && isGatewayPayment(payment) ? payment : undefined });
      });
    },
  };

  private async sumOfEntries(userId: UserId): Promise<MinorUnits> {
    let sum = 0;
    for await (const entries of iteratePages(PAGE_SIZE, (page) => this.wallets.ledgerOf(userId, page)))
      sum += sumOf(entries);
    return sum;
  }

  private async missingEntriesOf(expected: readonly ExpectedEntry[]): Promise<readonly ExpectedEntry[]> {
    const entries = await this.wallets.entriesOf(expected);
    return expected.filter((_, index) => entries[index] === undefined);
  }

  /** The ids of payments that are counted as open cash, but that the accounts of their customers do not name. */
  private async missingInAccounts(payments: readonly Payment[]): Promise<PaymentId[]> {
    const open = payments.filter(
      (payment) => payment.purpose !== 'TOP_UP' && payment.cashCounted && payment.status === 'PENDING',
    );
    const accounts = await this.payments.cashOf([...new Set(open.map(({ userId }) => userId))]);
    const named = new Set(accounts.flatMap(({ paymentIds }) => paymentIds));
    return open.flatMap(({ paymentId }) => (named.has(paymentId) ? [] : [paymentId]));
  }

  /** Reads the delivery only for a successful payment of a cancelled order. */
  private async isRefundWaived({ status }: Payment, order: Order | undefined): Promise<boolean> {
    if (status !== 'SUCCESS' || order?.status !== 'CANCELLED') return false;
    return this.deliveries.hasFailedByCustomerFault(order.orderId);
  }

  private async paymentOf(paymentId: PaymentId): Promise<Payment | undefined> {
    return (await this.payments.findByIds([paymentId]))[0];
  }

  private async paymentsById(paymentIds: readonly (PaymentId | undefined)[]): Promise<ReadonlyMap<PaymentId, Payment>> {
    const payments = await this.payments.findByIds(paymentIds.filter((paymentId) => paymentId !== undefined));
    return new Map(payments.flatMap((payment) => (payment ? [[payment.paymentId, payment]] : [])));
  }
}

type ExpectedEntry = ReturnType<typeof expectedEntriesOf>[number];

/** The ledger entries that a payment must have caused. */
function expectedEntriesOf(payment: Payment) {
  const { userId } = payment;
  return walletMovementsOf(payment).map((movement) => ({ ...movement, userId, entryId: entryIdOf(movement) }));
}

function hasSucceeded({ status }: Payment): boolean {
  return status === 'SUCCESS' || status === 'REFUNDED';
}

async function* chunked<T>(all: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let chunk: T[] = [];
  for await (const item of all) {
    chunk.push(item);
    if (chunk.length < PAGE_SIZE) continue;
    yield chunk;
    chunk = [];
  }
  yield chunk;
}

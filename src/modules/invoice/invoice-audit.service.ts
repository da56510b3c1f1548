import { Injectable } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import type { OrderId } from '../../kernel/ids';
import { iteratePages, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import type { JobProgress } from '../../platform/jobs/job-progress';
import type { Order } from '../order';
import { creditTaxesOf } from './domain/credit';
import {
  type CreditNote,
  type Invoice,
  type InvoiceDocument,
  type Month,
  monthOf,
  nextMonthOf,
  taxesOf,
} from './domain/invoice';
import { placeOf, type Series } from './domain/series';
import type { TaxSum } from './domain/tax';
import { InvoiceRunRepository } from './invoice-run.repository';
import { InvoiceRepository, type InvoiceSeries } from './invoice.repository';
import { type InvoicedOrder, InvoicedOrderRepository } from './invoiced-order.repository';

/** Months whose deliveries have invoices. */
export interface ClosedMonths {
  /** Every delivery after this month was recorded for an invoice. */
  readonly recordedAfter: Month;
  /** The last month whose invoices are all issued. A delivery of that month itself may have been recorded too late. */
  readonly issuedTo: Month;
}

/** A credit note of an order, if it is stored, and the taxes that it must have. */
export interface CreditToCheck {
  readonly creditNoteId: string;
  readonly creditNote?: CreditNote;
  readonly expectedTaxes: readonly TaxSum[];
}

/** A series, and how often each of its numbers belongs to a document: `found[0]` for the number 1. */
export interface CountedSeries extends InvoiceSeries {
  /** Has at most 32 million numbers. */
  readonly found: Uint8Array;
}

const PAGE_SIZE = 100;
/** Each takes a byte of memory. */
const MAX_NUMBERS = 2 ** 25;
/** Compares numbers of one series, whatever their digits. */
const byNumber = new Intl.Collator('en', { numeric: true });

/** Reads invoices and credit notes for the reconciliation. Changes nothing. */
@Injectable()
export class InvoiceAudit {
  constructor(
    private readonly invoices: InvoiceRepository,
    private readonly invoicedOrders: InvoicedOrderRepository,
    private readonly runs: InvoiceRunRepository,
    private readonly calendar: Calendar,
  ) {}

  /** All invoices and credit notes, in no particular order. For the reconciliation only. */
  async scan(page: PageRequest): Promise<Page<InvoiceDocument>> {
    return this.invoices.scan(page);
  }

  /** Invoices or credit notes by id, in the order of the ids. Undefined where there is none. */
  async findAll<D extends InvoiceDocument = Invoice>(invoiceIds: readonly string[]): Promise<(D | undefined)[]> {
    return this.invoices.findAll<D>(invoiceIds);
  }

  /** The last numbers of series, in their order; 0 for one that does not exist. */
  async lastOf(series: readonly Series[]): Promise<number[]> {
    return this.invoices.lastOfAll(series);
  }

  /** The invoices of orders, in the order of the ids. Undefined for an order that was never recorded for one. */
  async invoicedOrdersOf(orderIds: readonly OrderId[]): Promise<(InvoicedOrder | undefined)[]> {
    return this.invoicedOrders.findAll(orderIds);
  }

  /**
   * All series with what was found of their numbers, in no particular order. Reads all invoices once, or once for each 32
   * million numbers. Stops when the job does.
   */
  async *countedSeries(progress: JobProgress): AsyncGenerator<CountedSeries[]> {
    let batch: InvoiceSeries[] = [];
    let size = 0;
    for await (const page of iteratePages(PAGE_SIZE, (request) => this.invoices.scanSeries(request))) {
      for (const series of page) {
        const countable = countableOf(series);
        if (batch.length > 0 && size + countable > MAX_NUMBERS) {
          yield await this.countNumbers(batch, progress);
          [batch, size] = [[], 0];
        }
        batch.push(series);
        size += countable;
      }
    }
    if (batch.length > 0) yield await this.countNumbers(batch, progress);
  }

  /** What is found now of a series. */
  async recount({ series }: InvoiceSeries, progress: JobProgress): Promise<CountedSeries | undefined> {
    const [counted] = await this.countNumbers([{ series, last: await this.invoices.lastOf(series) }], progress);
    return counted;
  }

  private async countNumbers(all: readonly InvoiceSeries[], progress: JobProgress): Promise<CountedSeries[]> {
    const counted = all.map((one) => ({ ...one, found: new Uint8Array(countableOf(one)) }));
    const foundOf = new Map(counted.map(({ series, found }) => [series, found]));
    for await (const numbers of iteratePages(PAGE_SIZE, (page) => this.invoices.scanNumbers(page))) {
      progress.throwIfStopped();
      for (const { number } of numbers) {
        const { series, position } = placeOf(number);
        const found = foundOf.get(series);
        // The numbers after the last were taken since it was read.
        if (found && position >= 1 && position <= found.length) found[position - 1]! += 1;
      }
    }
    return counted;
  }

  /** Undefined before the first run has finished. */
  async closedMonths(): Promise<ClosedMonths | undefined> {
    const runs = await this.runs.all();
    const first = runs.at(0)?.month;
    const issuedTo = runs.findLast(({ openShards }) => openShards === undefined)?.month;
    if (first === undefined || issuedTo === undefined) return undefined;
    // The first run was for the month before the one in which deliveries began to be recorded.
    return { recordedAfter: nextMonthOf(first), issuedTo };
  }

  /** The month of a delivery, undefined if the order is not delivered. */
  deliveryMonthOf({ history }: Order): Month | undefined {
    const delivery = history.find(({ status }) => status === 'DELIVERED');
    return delivery && monthOf(this.calendar.dateOf(delivery.at));
  }

  /** The series of a number, and its place in it. */
  placeOf(number: string): { readonly series: Series; readonly position: number } {
    return placeOf(number);
  }

  /**
   * The credit notes of all orders of an invoice, in the order of their numbers, because the taxes of each follow from what
   * was credited before.
   */
  async creditsOf(orders: readonly InvoicedOrder[]): Promise<CreditToCheck[]> {
    const credits = orders.flatMap((order) => order.credits ?? []);
    const notes = await this.invoices.findAll<CreditNote>(credits.map(({ creditNoteId }) => creditNoteId));
    const issued = credits
      .map((credit, index) => ({ ...credit, creditNote: notes[index] }))
      .sort((one, other) => byNumber.compare(one.creditNote?.number ?? '', other.creditNote?.number ?? ''));
    return issued.map(({ creditNoteId, creditNote, amounts }, index) => {
      const before = issued.slice(0, index).flatMap((credit) => credit.amounts);
      return { creditNoteId, creditNote, expectedTaxes: creditTaxesOf(amounts, before) };
    });
  }

  /** The taxes that follow from the lines of an invoice. */
  expectedTaxesOf(invoice: Invoice): TaxSum[] {
    return taxesOf(invoice);
  }
}

/** How many numbers of a series are counted. Its last number can be damaged. */
function countableOf({ last }: InvoiceSeries): number {
  return Math.min(Math.max(0, last), MAX_NUMBERS);
}

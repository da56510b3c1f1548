import type { Instant } from '../../../kernel/calendar';
import type { OrderId } from '../../../kernel/ids';
import type { Language } from '../../../kernel/language';
import type { MinorUnits } from '../../../kernel/money';
import type { Contact } from '../../user';
import type { Amendment, IssuedManifest, ManifestChange } from './amendment';
import {
  cashOf,
  loadOf,
  type ManifestKey,
  type ManifestLine,
  type ManifestOrder,
  type Stop,
  stopsOf,
} from './manifest';

/** A change with what a person needs to find it on paper. */
export type DescribedChange = ManifestChange & {
  /** Absent if the account is gone. */
  readonly customerName?: string;
  /** The stop of the order. Absent if the order is no longer on the manifest. */
  readonly sequence?: number;
};

export interface DescribedAmendment extends Omit<Amendment, 'changes'> {
  readonly changes: readonly DescribedChange[];
}

/** What a courier brings on a date, as of now. */
export interface NumberedManifest extends ManifestKey {
  readonly courierName: string;
  /** Absent if the courier has chosen none. */
  readonly language?: Language;
  /** Absent in a draft, and if there is nothing to deliver. */
  readonly number?: number;
  readonly issuedAt?: Instant;
  /** Whether it gets numbers only later, because the orders of the date are not generated yet. */
  readonly isDraft: boolean;
  /** When the contents were read. */
  readonly readAt: Instant;
  readonly stops: readonly Stop[];
  readonly orders: readonly ManifestOrder[];
  readonly load: readonly ManifestLine[];
  readonly toCollect: MinorUnits;
  /** Latest first. */
  readonly amendments: readonly DescribedAmendment[];
}

export function numberedManifest(
  { courierId, date }: ManifestKey,
  courier: Contact,
  orders: readonly ManifestOrder[],
  issued: IssuedManifest | undefined,
  { isDraft, readAt }: Pick<NumberedManifest, 'isDraft' | 'readAt'>,
  nameOf: (orderId: OrderId) => string | undefined,
): NumberedManifest {
  const stops = stopsOf(orders);
  const sequences = new Map(stops.flatMap((stop) => stop.orders.map(({ orderId }) => [orderId, stop.sequence])));
  const described = (change: ManifestChange): DescribedChange => ({
    ...change,
    customerName: nameOf(change.orderId),
    sequence: sequences.get(change.orderId),
  });
  return {
    ...{ courierId, date, courierName: courier.name, language: courier.language },
    ...{ number: issued?.number, issuedAt: issued?.issuedAt, isDraft, readAt },
    ...{ stops, orders, load: loadOf(orders), toCollect: cashOf(orders) },
    amendments: (issued?.amendments ?? []).map((amendment) => ({
      ...amendment,
      changes: amendment.changes.map(described),
    })),
  };
}

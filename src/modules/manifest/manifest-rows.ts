import type { Calendar } from '../../kernel/calendar';
import { orderNumberOf } from '../../kernel/ids';
import { toMajorUnits } from '../../kernel/money';
import type { NumberedManifest } from './domain/numbered-manifest';
import { nameOf, onOneLine } from './manifest-texts';

/** The columns of a manifest as CSV, with an example. */
export const EXAMPLE_ROW = {
  manifest: 2,
  date: '2026-12-01',
  courier: 'Ravi',
  sequence: 1,
  time: '06:30',
  orderNumber: 'K7M4-Q2XD',
  customer: 'Asha Rao',
  phone: "'+919812345678",
  address: '12 Dairy Lane, Pune',
  items: '2 × Full cream milk, 500 ml',
  toCollect: 65,
  status: 'ASSIGNED',
};

type ManifestRow = { readonly [column in keyof typeof EXAMPLE_ROW]: string | number | undefined };

/** A row for each order. Times are local, amounts in major units. */
export function rowsOf(manifest: NumberedManifest, calendar: Calendar): ManifestRow[] {
  const { number, date, courierName, stops } = manifest;
  return stops.flatMap(({ sequence, deliverySlot, customer, address, orders }) =>
    orders.map(({ orderId, items, toCollect, status }) => ({
      ...{ manifest: number, date, courier: courierName, sequence, time: calendar.timeOf(deliverySlot) },
      ...{ orderNumber: orderNumberOf(orderId), customer: customer.name, phone: customer.phone },
      address: onOneLine(address),
      items: items.map((line) => `${line.qty} × ${nameOf(line)}`).join('; '),
      ...{ toCollect: toMajorUnits(toCollect), status },
    })),
  );
}

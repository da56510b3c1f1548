import type { Language } from '../../kernel/language';
import type { DeliveryStatus } from '../delivery';
import type { ChangedField } from './domain/amendment';
import type { ManifestLine, RemovalReason } from './domain/manifest';

interface ManifestTexts {
  readonly title: string;
  readonly number: string;
  readonly draft: string;
  readonly asOf: string;
  readonly stops: string;
  readonly orders: string;
  readonly toCollect: string;
  readonly load: string;
  readonly customer: string;
  readonly items: string;
  readonly nothing: string;
  readonly changes: (from: number, to: number) => string;
  readonly stop: string;
  readonly added: string;
  readonly changed: string;
  readonly moreChanges: (count: number) => string;
  readonly removed: Readonly<Record<RemovalReason, string>>;
  readonly fields: Readonly<Record<ChangedField, string>>;
  readonly statuses: Readonly<Record<DeliveryStatus, string>>;
}

/** The words of a printed manifest. */
export const MANIFEST_TEXTS: Readonly<Record<Language, ManifestTexts>> = {
  en: {
    title: 'Route sheet',
    number: 'No.',
    draft: 'Draft: orders may still change',
    asOf: 'As of',
    stops: 'Stops',
    orders: 'Orders',
    toCollect: 'To collect',
    load: 'To load',
    customer: 'Customer',
    items: 'Items',
    nothing: 'Nothing to deliver.',
    changes: (from, to) => `Changes from No. ${from} to No. ${to}`,
    stop: 'stop',
    added: 'New',
    changed: 'Changed',
    moreChanges: (count) => `${count} more. Print the sheet again.`,
    removed: {
      CANCELLED: 'Cancelled',
      REASSIGNED: 'Goes to another courier',
      RESCHEDULED: 'Moved to another date',
    },
    fields: {
      deliverySlot: 'time',
      address: 'address',
      customer: 'name or phone',
      items: 'items',
      toCollect: 'amount to collect',
    },
    statuses: {
      ASSIGNED: 'Assigned',
      PICKED_UP: 'Picked up',
      IN_TRANSIT: 'On the way',
      DELIVERED: 'Delivered',
      FAILED: 'Failed',
    },
  },
  hi: {
    title: 'रूट शीट',
    number: 'क्रमांक',
    draft: 'मसौदा: ऑर्डर अभी बदल सकते हैं',
    asOf: 'स्थिति:',
    stops: 'पड़ाव',
    orders: 'ऑर्डर',
    toCollect: 'वसूली',
    load: 'लादने का सामान',
    customer: 'ग्राहक',
    items: 'सामान',
    nothing: 'कोई डिलीवरी नहीं है।',
    changes: (from, to) => `क्रमांक ${from} से क्रमांक ${to} तक के बदलाव`,
    stop: 'पड़ाव',
    added: 'नया',
    changed: 'बदला',
    moreChanges: (count) => `${count} और। शीट दोबारा छापें।`,
    removed: {
      CANCELLED: 'रद्द',
      REASSIGNED: 'दूसरा डिलीवरी कर्मी ले जाएगा',
      RESCHEDULED: 'दूसरी तारीख़ पर',
    },
    fields: {
      deliverySlot: 'समय',
      address: 'पता',
      customer: 'नाम या फ़ोन',
      items: 'सामान',
      toCollect: 'वसूली की राशि',
    },
    statuses: {
      ASSIGNED: 'सौंपा गया',
      PICKED_UP: 'उठाया गया',
      IN_TRANSIT: 'रास्ते में',
      DELIVERED: 'पहुँचा',
      FAILED: 'नहीं पहुँचा',
    },
  },
};

/** A product with its package unit. */
export function nameOf({ name, unit }: ManifestLine): string {
  return unit === undefined ? name : `${name}, ${unit}`;
}

/** An address without the line breaks that its customer typed. */
export function onOneLine(address: string): string {
  return address.replace(/\s*[\r\n]+\s*/g, ', ');
}

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Schemas } from '../../api/client.ts';

export type Manifest = Schemas['ManifestResponse'];
export type DeliveryStatus = Schemas['DeliveryResponse']['status'];
export type FailureReason = NonNullable<Schemas['OfflineReportRequest']['reason']>;

/** The round of one courier as the server gave it, with the results of reports that it has accepted since. */
export interface StoredRound {
  readonly userId: string;
  readonly manifest: Manifest;
  readonly dairy: Pick<Schemas['PublicDairyResponse'], 'name' | 'phone' | 'currency' | 'timeZone'>;
  /** In milliseconds. */
  readonly fetchedAt: number;
}

/** What a courier says about a delivery. */
export interface Report {
  readonly deliveryId: string;
  readonly orderNumber: string;
  readonly status: DeliveryStatus;
  readonly reason?: FailureReason;
  readonly note?: string;
}

/** A report that the server has not accepted yet. No personal data, because it may stay after the courier signs out. */
export interface StoredReport extends Report {
  /** Rises in the order in which the reports were made. */
  readonly id: number;
  /** Who made it. It is never sent as anyone else. */
  readonly userId: string;
  /** All reports of one tap, which are taken back together. */
  readonly actionId: string;
  readonly clientEventId: string;
  /** The instant, by the clock of this phone. */
  readonly at: string;
  /** Until then it is not sent, so that it can be taken back. In milliseconds. */
  readonly heldUntil: number;
  /** Whether it was sent, perhaps without a response. */
  readonly isSent: boolean;
  /** Why the server refused it. It stays until the courier has settled it. */
  readonly refusal?: { readonly code: string; readonly detail: string };
}

/** Up to which number of a manifest a courier has seen its changes. Stays when they sign out during a round. */
interface SeenNumber {
  readonly userId: string;
  readonly date: string;
  readonly number: number;
}

interface RoundSchema extends DBSchema {
  rounds: { key: string; value: StoredRound };
  seen: { key: string; value: SeenNumber };
  reports: { key: number; value: StoredReport; indexes: { byUser: string } };
}

/** A flat battery must not lose a report: the write is complete only when it is on the disk. */
export const ON_DISK = { durability: 'strict' } as const;

let opened: Promise<IDBPDatabase<RoundSchema>> | undefined;

export function database(): Promise<IDBPDatabase<RoundSchema>> {
  opened ??= openDB<RoundSchema>('milkround-round', 1, {
    upgrade(db) {
      db.createObjectStore('rounds', { keyPath: 'userId' });
      db.createObjectStore('seen', { keyPath: 'userId' });
      db.createObjectStore('reports', { keyPath: 'id', autoIncrement: true }).createIndex('byUser', 'userId');
    },
    // A newer version of the app waits in another tab.
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      opened = undefined;
    },
    terminated: () => (opened = undefined),
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

const channel = new BroadcastChannel('milkround:round');
const listeners = new Set<() => void>();

/** Calls the listener after each change, also one of another tab. */
export function onStoreChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function announceChange(): void {
  for (const listener of listeners) listener();
  channel.postMessage('changed');
}

channel.addEventListener('message', () => {
  for (const listener of listeners) listener();
});

import * as measuredUse from './use.json';

type Units = Readonly<Record<string, number>>;

/** What `npm run cost:measure` has measured, in the order in which it is written. */
export interface Measured {
  readonly date: string;
  /** Number of orders in each measurement. */
  readonly orders: number;
  /** From a daily order, or from a cart, to the delivery. Without SMS. */
  readonly orderLife: Readonly<Record<'daily' | 'cart', LifeUse>>;
  /** A daily order with all SMS. */
  readonly smsLife: LifeUse;
  readonly catalogueLoad: { readonly products: number; readonly readUnits: number };
  /** The mean of a customer's requests, without the catalogue. */
  readonly request: RequestUse;
  readonly cartSweep: { readonly carts: number; readonly readUnits: number };
  /** What an idle task uses in an hour, by its roles. */
  readonly idleHour: Readonly<Record<'api' | 'worker' | 'all', IdleHour>>;
}

/** What AWS bills for an order. */
export interface LifeUse {
  readonly writeUnits: Units;
  readonly readUnits: Units;
  readonly queueRequests: number;
  readonly topicMessages: number;
  readonly filesWritten: number;
  readonly mails: number;
  readonly sms: number;
  /** Bytes by table, and the days until they expire (absent if never). */
  readonly stored: Readonly<Record<string, { readonly bytes: number; readonly days?: number }>>;
}

export interface RequestUse {
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface IdleHour {
  readonly readUnits: Units;
  readonly writeUnits: number;
  readonly queueRequests: number;
}

export const MEASURED: Measured = measuredUse;

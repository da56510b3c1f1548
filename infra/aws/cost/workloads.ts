import type { SizeName } from '../sizes';

/** What a dairy of a size does. Assumptions, not measurements. */
export interface Workload {
  readonly deliveriesPerDay: number;
  readonly customers: number;
  readonly requestsPerCustomerAndDay: number;
  readonly products: number;
  /** Tasks that run on average, by their roles. The minimum, unless load adds some. */
  readonly tasks: Readonly<Partial<Record<'api' | 'worker' | 'all', number>>>;
  /** Through each kind of gateway out of the network, in gigabytes a month. */
  readonly natGigabytes: number;
  readonly endpointGigabytes: number;
  /** Capacity units of the load balancer. */
  readonly capacityUnits: number;
  readonly logGigabytes: number;
}

export const WORKLOADS: Readonly<Record<SizeName, Workload>> = {
  tiny: {
    deliveriesPerDay: 1_000,
    customers: 1_300,
    requestsPerCustomerAndDay: 10,
    products: 50,
    tasks: { all: 1 },
    natGigabytes: 0,
    endpointGigabytes: 0,
    capacityUnits: 0,
    logGigabytes: 1,
  },
  small: {
    deliveriesPerDay: 1_500,
    customers: 2_000,
    requestsPerCustomerAndDay: 10,
    products: 100,
    tasks: { api: 2, worker: 1 },
    natGigabytes: 10,
    endpointGigabytes: 0,
    capacityUnits: 0.1,
    logGigabytes: 2,
  },
  large: {
    deliveriesPerDay: 60_000,
    customers: 100_000,
    requestsPerCustomerAndDay: 10,
    products: 300,
    tasks: { api: 5, worker: 2.5 },
    natGigabytes: 100,
    endpointGigabytes: 60,
    capacityUnits: 1,
    logGigabytes: 28,
  },
};

/** The same for all sizes. */
export const ASSUMED = {
  /** The share of deliveries that were ordered from a cart. The others come from subscriptions. */
  cartShare: 0.1,
  /** The share of requests that show products, and load a catalogue older than `catalogueSeconds`. */
  catalogueShare: 0.4,
  catalogueSeconds: 4.5,
  /** One task searches the carts of all customers every quarter of an hour, and each task when it starts. */
  cartSweepsPerDay: 4 * 24 + 4,
  /** Hours of a day in which customers send requests. */
  activeHours: 16,
  responseKilobytes: 3,
  /** An account with its sessions and subscriptions. */
  customerKilobytes: 5,
  /** The archived events of an order, compressed. */
  archivedKilobytesPerOrder: 2,
  imageGigabytes: 2,
  /** Metrics of events are billed for the hours in which they happen. */
  countedMetricShare: 0.25,
  /** The metrics of Container Insights, where it is on. */
  insightsMetrics: 70,
  monthsOfStorage: 12,
} as const;

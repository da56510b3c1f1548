/** What DynamoDB accounts separately. */
export type UnitKind = 'read' | 'write';

/** The partition key of a table or index, such as `Products P1` or `Orders/byDay 2026-12-01#3`. */
export type PartitionKey = string;

/** AWS's limits of one partition, in units per second. */
export const AWS_LIMITS: Readonly<Record<UnitKind, number>> = { read: 3_000, write: 1_000 };

interface Bucket {
  units: number;
  filledAt: number;
}

/**
 * The throughput of each partition key: a token bucket that holds one second. AWS isolates a hot key in a partition of
 * its own, so this is the most that one key can get. A request is admitted while units are left, and what it costs
 * beyond the minimum is deducted when it is known, so a bucket can be overdrawn.
 */
export class PartitionBudget {
  private readonly buckets: Record<UnitKind, Map<PartitionKey, Bucket>> = { read: new Map(), write: new Map() };
  private readonly totals: Record<UnitKind, Map<PartitionKey, number>> = { read: new Map(), write: new Map() };
  private readonly limits: Readonly<Record<UnitKind, number>>;
  private readonly now: () => number;

  /** `now` is in milliseconds. */
  constructor(limits: Readonly<Record<UnitKind, number>> = AWS_LIMITS, now: () => number = () => performance.now()) {
    this.limits = limits;
    this.now = now;
  }

  admits(kind: UnitKind, key: PartitionKey): boolean {
    return this.bucketOf(kind, key).units > 0;
  }

  deduct(kind: UnitKind, key: PartitionKey, units: number): void {
    this.bucketOf(kind, key).units -= units;
    this.totals[kind].set(key, (this.totals[kind].get(key) ?? 0) + units);
  }

  /** The units of all keys so far, highest first. */
  hottest(kind: UnitKind): [PartitionKey, number][] {
    return [...this.totals[kind]].sort(([, a], [, b]) => b - a);
  }

  private bucketOf(kind: UnitKind, key: PartitionKey): Bucket {
    const limit = this.limits[kind];
    const now = this.now();
    const bucket = this.buckets[kind].get(key) ?? { units: limit, filledAt: now };
    bucket.units = Math.min(limit, bucket.units + ((now - bucket.filledAt) / 1_000) * limit);
    bucket.filledAt = now;
    this.buckets[kind].set(key, bucket);
    return bucket;
  }
}

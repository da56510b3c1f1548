import fc from 'fast-check';
import { newSubscriptionId, PARTITION_COUNT, subscriptionPartitionOf } from './ids';
import { MAX_PARTS, sliceOf, type SubscriptionSlice } from './slices';

const COUNTS = [8, 16, 24, 128];

const slicesOf = (count: number) => Array.from({ length: count }, (_, index) => sliceOf(index, count));

/** As DynamoDB reads the slice: BETWEEN includes both bounds. */
const includes = ({ partition, from = '', to }: SubscriptionSlice, key: string, keyPartition: string) =>
  partition === keyPartition && key >= from && (to === undefined || (from === '' ? key < to : key <= to));

const slicesWith = (key: string, partition: string, count: number) =>
  slicesOf(count).filter((slice) => includes(slice, key, partition));

describe('the slices of all subscriptions', () => {
  it.each(COUNTS)('are %i, and every subscription is in exactly one', (count) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (userId) => {
        const id = newSubscriptionId(userId);
        expect(slicesWith(id, subscriptionPartitionOf(id), count)).toHaveLength(1);
      }),
    );
  });

  it.each(COUNTS)('are %i, and every possible hash is in exactly one', (count) => {
    fc.assert(
      fc.property(fc.nat(PARTITION_COUNT - 1), fc.nat(0xffff), fc.nat(0xffffff), (partition, first, rest) => {
        const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');
        const id = `S0${partition}${hex(first, 4)}${hex(rest, 6)}01KBB6J7WXYZ0123456789ABCD`;
        expect(slicesWith(id, String(partition), count)).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  it.each(COUNTS)('are %i, and leave out no key of a partition, not even a malformed one', (count) => {
    fc.assert(
      fc.property(fc.nat(PARTITION_COUNT - 1), fc.string(), (partition, key) => {
        expect(slicesWith(key, String(partition), count).length).toBeGreaterThan(0);
      }),
    );
  });

  it.each(COUNTS)('are %i, and the subscriptions of a customer are in the same one', (count) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (userId) => {
        const [first, second] = [newSubscriptionId(userId), newSubscriptionId(userId)];
        const partition = subscriptionPartitionOf(first);
        expect(slicesWith(first, partition, count)).toEqual(slicesWith(second, partition, count));
      }),
    );
  });

  it('are the partitions, if there are as many', () => {
    expect(slicesOf(PARTITION_COUNT)).toEqual(
      Array.from({ length: PARTITION_COUNT }, (_, partition) => ({ partition: String(partition) })),
    );
  });

  it('cut a partition into equal ranges', () => {
    const ofPartition3 = slicesOf(24).filter(({ partition }) => partition === '3');
    expect(ofPartition3).toEqual([
      { partition: '3', from: undefined, to: 'S035555' },
      { partition: '3', from: 'S035555', to: 'S03AAAA' },
      { partition: '3', from: 'S03AAAA', to: undefined },
    ]);
    expect(sliceOf(PARTITION_COUNT * MAX_PARTS - 1, PARTITION_COUNT * MAX_PARTS)).toEqual({
      partition: '7',
      from: 'S07F000',
    });
  });
});

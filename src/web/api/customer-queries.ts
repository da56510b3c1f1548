import { api, bodyOf, pageOf, type Schemas } from './client.ts';
import { useOwn, useOwnPages } from './queries.ts';

export type Order = Schemas['OrderResponse'];
export type Subscription = Schemas['SubscriptionResponse'];
export type CalendarDay = Schemas['CalendarDayResponse'];
export type Frequency = Subscription['frequency'];

const PAGE_SIZE = 20;

// What belongs to a customer: the signed-in user, or the one that an admin names (`userId`).

export const useWallet = (userId?: string) =>
  useOwn(['wallet', userId], (signal) => bodyOf(api.GET('/wallet/view', { params: { query: { userId } }, signal })));

export const useLedgerPages = (userId?: string) =>
  useOwnPages(['ledger', userId], (cursor, signal) =>
    pageOf(api.GET('/wallet/ledger', { params: { query: { limit: PAGE_SIZE, cursor, userId } }, signal })),
  );

export const useOrderPages = (userId?: string) =>
  useOwnPages(['orders', userId], (cursor, signal) =>
    pageOf(api.GET('/order/list', { params: { query: { limit: PAGE_SIZE, cursor, userId } }, signal })),
  );

export const useSubscriptions = (userId?: string) =>
  useOwn(['subscriptions', 'of', userId], async (signal) => {
    const query = { limit: 100, userId };
    const { items } = await pageOf(api.GET('/subscription/list', { params: { query }, signal }));
    return items;
  });

export const useSubscription = (subscriptionId: string) =>
  useOwn(['subscriptions', subscriptionId], (signal) =>
    bodyOf(api.GET('/subscription/{subscriptionId}', { params: { path: { subscriptionId } }, signal })),
  );

export interface CalendarEntry {
  readonly subscription: Subscription;
  readonly day: CalendarDay;
}

interface PlannedDay {
  readonly subscriptionId: string;
  readonly day: CalendarDay;
}

/** What each subscription delivers on each date of a range. */
export function useCalendar(subscriptions: readonly Subscription[], from: string, to: string) {
  const ids = subscriptions.map(({ subscriptionId }) => subscriptionId);
  const query = useOwn(['subscriptions', 'calendar', from, to, ids], async (signal) => {
    const calendars = await Promise.all(
      ids.map(async (subscriptionId): Promise<PlannedDay[]> => {
        const params = { path: { subscriptionId }, query: { from, to } };
        const days = await bodyOf(api.GET('/subscription/{subscriptionId}/calendar', { params, signal }));
        return days.map((day) => ({ subscriptionId, day }));
      }),
    );
    return Map.groupBy(calendars.flat(), ({ day }) => day.date);
  });
  /** With the subscriptions as they are now, which may be newer than the calendar. */
  const entriesOf = (date: string): CalendarEntry[] =>
    (query.data?.get(date) ?? []).flatMap(({ subscriptionId, day }) => {
      const subscription = subscriptions.find((one) => one.subscriptionId === subscriptionId);
      return subscription ? [{ subscription, day }] : [];
    });
  return { ...query, entriesOf };
}

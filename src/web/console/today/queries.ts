import { skipToken, useQuery } from '@tanstack/react-query';
import { api, bodyOf, type Page, pageOf } from '../../api/client.ts';
import { REFRESH_MILLISECONDS } from '../day-queries.ts';

const MAX_COUNTED = 100;

/** How many items a list has. `isMore`: the list goes on. */
export interface Count {
  readonly count: number;
  readonly isMore: boolean;
}

const countOf = ({ items, next }: Page<unknown>): Count => ({ count: items.length, isMore: next !== undefined });

export const useParkedEvents = () =>
  useQuery({
    queryKey: ['outbox', 'count'],
    queryFn: async ({ signal }) =>
      countOf(
        await pageOf(api.GET('/admin/outbox', { params: { query: { state: 'parked', limit: MAX_COUNTED } }, signal })),
      ),
    refetchInterval: REFRESH_MILLISECONDS,
  });

export const useFailedMessages = () =>
  useQuery({
    queryKey: ['notifications', 'count'],
    queryFn: async ({ signal }) =>
      countOf(await pageOf(api.GET('/admin/notification', { params: { query: { limit: MAX_COUNTED } }, signal }))),
    refetchInterval: REFRESH_MILLISECONDS,
  });

export const useDeliveriesWithoutCourier = (date: string) =>
  useQuery({
    queryKey: ['deliveries', 'count', date],
    queryFn: async ({ signal }) => {
      const query = { date, needsCourier: true, limit: MAX_COUNTED };
      return countOf(await pageOf(api.GET('/delivery/list', { params: { query }, signal })));
    },
    refetchInterval: REFRESH_MILLISECONDS,
  });

/** The figures of one date in the daily report. */
export const useFigures = (date: string | undefined) =>
  useQuery({
    queryKey: ['figures', date],
    queryFn:
      date === undefined
        ? skipToken
        : async ({ signal }) => {
            const query = { from: date, to: date };
            const days = await bodyOf(api.GET('/analytics/report', { params: { query }, signal }));
            return Array.isArray(days) ? days[0] : undefined;
          },
    refetchInterval: REFRESH_MILLISECONDS,
  });

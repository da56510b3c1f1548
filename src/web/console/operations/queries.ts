import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, bodyOf, pageOf, type Page, type Schemas } from '../../api/client.ts';

export type OutboxState = 'parked' | 'waiting';
export type DisputeState = 'OPEN' | 'CLOSED';
export interface AuditFilter {
  readonly actor: string | undefined;
  readonly subject: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

const PAGE_SIZE = 50;
const REFRESH_MILLISECONDS = 15_000;

type ReadPage<T> = (page: { limit: number; cursor: string | undefined }, signal: AbortSignal) => Promise<Page<T>>;

function usePages<T>(queryKey: readonly unknown[], read: ReadPage<T>, refetchInterval: number | false = false) {
  return useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => read({ limit: PAGE_SIZE, cursor: pageParam }, signal),
    getNextPageParam: ({ next }) => next,
    refetchInterval,
  });
}

export const useOutboxPages = (state: OutboxState) =>
  usePages<Schemas['OutboxRowResponse']>(
    ['outbox', state],
    (page, signal) => pageOf(api.GET('/admin/outbox', { params: { query: { ...page, state } }, signal })),
    REFRESH_MILLISECONDS,
  );

export const useFailedMessagePages = () =>
  usePages<Schemas['DeadNotificationResponse']>(
    ['failed-messages'],
    (query, signal) => pageOf(api.GET('/admin/notification', { params: { query }, signal })),
    REFRESH_MILLISECONDS,
  );

export const useSmsPages = (date: string) =>
  usePages<Schemas['SmsResponse']>(['sms', date], (page, signal) =>
    pageOf(api.GET('/admin/notification/sms', { params: { query: { ...page, date } }, signal })),
  );

export const useRunPages = () =>
  usePages<Schemas['RunResponse']>(
    ['generation-runs'],
    (query, signal) => pageOf(api.GET('/admin/generation', { params: { query }, signal })),
    REFRESH_MILLISECONDS,
  );

export const useDisputePages = (state: DisputeState | undefined) =>
  usePages<Schemas['DisputedPaymentResponse']>(['disputes', state], (page, signal) =>
    pageOf(api.GET('/admin/disputes', { params: { query: { ...page, state } }, signal })),
  );

export const useAuditPages = (filter: AuditFilter) =>
  usePages<Schemas['AuditEntryResponse']>(['audit', filter], (page, signal) =>
    pageOf(api.GET('/admin/audit', { params: { query: { ...page, ...filter } }, signal })),
  );

/** Whether requests can be served. An error is the answer too, so it is not retried here. */
export const useReadiness = () =>
  useQuery({
    queryKey: ['readiness'],
    queryFn: ({ signal }) => bodyOf(api.GET('/health/ready', { signal })),
    retry: false,
    refetchInterval: REFRESH_MILLISECONDS,
  });

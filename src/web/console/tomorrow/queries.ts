import { useInfiniteQuery } from '@tanstack/react-query';
import { api, pageWithin, type Schemas } from '../../api/client.ts';
import { useJobQuery } from '../../api/jobs.ts';
import type { RecordedOutcome } from './outcomes.ts';

export type Preview = Schemas['PreviewResponse'];
export type Demand = Schemas['DailyDemandResponse'];

const MINUTE = 60_000;
const PAGE_SIZE = 50;

/** What the run of a date would do now. Reads all subscriptions, so it is refreshed only when it is asked for. */
export const usePreview = (date: string) =>
  useJobQuery<Preview>(
    ['preview', date],
    (signal) => api.GET('/admin/generation/preview', { params: { query: { date } }, signal }),
    { staleTime: 5 * MINUTE },
  );

export const useDemand = (from: string, to: string) =>
  useJobQuery<Demand[]>(
    ['demand', from, to],
    (signal) => api.GET('/admin/demand', { params: { query: { from, to } }, signal }),
    { staleTime: 5 * MINUTE },
  );

/** The outcomes of a run, page by page. */
export const useOutcomePages = (date: string, outcome: RecordedOutcome | undefined) =>
  useInfiniteQuery({
    queryKey: ['outcomes', date, outcome],
    queryFn: ({ pageParam, signal }) => {
      const query = { outcome, cursor: pageParam, limit: PAGE_SIZE };
      return pageWithin(
        api.GET('/admin/generation/{date}', { params: { path: { date }, query }, signal }),
        ({ outcomes }) => outcomes,
      );
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });

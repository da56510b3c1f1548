import { skipToken, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, bodyOf, type Schemas } from '../api/client.ts';
import { ApiError } from '../api/problem.ts';
import { addDays, instantOf, today } from '../ui/format.ts';
import { useDairy } from './queries.ts';

export type Run = Schemas['RunReportResponse'];
export type Outcome = Schemas['SubscriptionOutcomeResponse']['outcome'];
export type Day = Schemas['DaySummaryResponse'];

export const REFRESH_MILLISECONDS = 30_000;
const RUNNING_MILLISECONDS = 2_000;
const TICK_MILLISECONDS = 1_000;

/** The orders and deliveries of today. */
export const useDay = () =>
  useQuery({
    queryKey: ['day'],
    queryFn: ({ signal }) => bodyOf(api.GET('/admin/day', { signal })),
    refetchInterval: REFRESH_MILLISECONDS,
  });

/** The run of a date without its outcomes; null if there is none yet. */
export function useRun(date: string | undefined): UseQueryResult<Run | null> {
  return useQuery({
    queryKey: ['run', date],
    queryFn: date === undefined ? skipToken : ({ signal }) => runOf(date, signal),
    refetchInterval: ({ state }) => (state.data?.status === 'RUNNING' ? RUNNING_MILLISECONDS : REFRESH_MILLISECONDS),
  });
}

async function runOf(date: string, signal: AbortSignal): Promise<Run | null> {
  try {
    return await bodyOf(
      api.GET('/admin/generation/{date}', { params: { path: { date }, query: { limit: 1 } }, signal }),
    );
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/**
 * The present by the clock of the dairy's rules, in milliseconds. It differs from the clock of this device in a test
 * dairy, and on a device whose clock is wrong.
 */
export function useDairyNow(): number {
  const { data, dataUpdatedAt } = useDay();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MILLISECONDS);
    return () => clearInterval(timer);
  }, []);
  return data ? now + Date.parse(data.asOf) - dataUpdatedAt : now;
}

/** Today's date by the clock of the dairy's rules. */
export function useDairyToday(): string {
  return useDay().data?.date ?? today();
}

/** When the subscribers' changes for a date end, and whether that has passed. */
export function useCutoffOf(date: string): { closesAt: number; millisecondsLeft: number } {
  const cutoffTime = useDairy().data?.cutoffTime ?? '21:00';
  const closesAt = instantOf(addDays(date, -1), cutoffTime).getTime();
  return { closesAt, millisecondsLeft: closesAt - useDairyNow() };
}

import { api, type Schemas } from '../../api/client.ts';
import { useJobQuery } from '../../api/jobs.ts';

export type DayFigures = Schemas['DailyFiguresResponse'];

/** Both ends included. */
export interface DateRange {
  readonly from: string;
  readonly to: string;
}

const MINUTE = 60_000;

export const useReport = (range: DateRange) =>
  useJobQuery<DayFigures[]>(
    ['report', range.from, range.to],
    (signal) => api.GET('/analytics/report', { params: { query: range }, signal }),
    { staleTime: MINUTE },
  );

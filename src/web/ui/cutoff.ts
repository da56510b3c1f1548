import { useEffect, useState } from 'react';
import { addDays, instantOf, today } from '../ui/format.ts';
import { useDairy } from '../api/queries.ts';

const TICK_MILLISECONDS = 15_000;

/** The first date that can still be changed, and when that ends. The API has the last word. */
export function cutoffAt(now: number, cutoffTime: string): { firstOpenDate: string; closesAt: number } {
  const date = today(now);
  const closesToday = instantOf(date, cutoffTime).getTime();
  if (now < closesToday) return { firstOpenDate: addDays(date, 1), closesAt: closesToday };
  return { firstOpenDate: addDays(date, 2), closesAt: instantOf(addDays(date, 1), cutoffTime).getTime() };
}

export function useCutoff(): { firstOpenDate: string; minutesLeft: number } {
  const cutoffTime = useDairy().data?.cutoffTime ?? '21:00';
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MILLISECONDS);
    return () => clearInterval(timer);
  }, []);
  const { firstOpenDate, closesAt } = cutoffAt(now, cutoffTime);
  return { firstOpenDate, minutesLeft: Math.ceil((closesAt - now) / 60_000) };
}

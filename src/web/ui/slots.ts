import { addDays, instantOf, today } from '../ui/format.ts';

/** The API takes any time of day. These are the ones that the shop offers. */
export const SLOT_TIMES = ['06:00', '07:00', '08:00', '17:00', '18:00', '19:00'] as const;
export const DEFAULT_SLOT_TIME = '06:00';
/** The API asks for an hour. The rest is time to fill in the form. */
const LEAD_MILLISECONDS = 75 * 60_000;
const DAYS = 7;

export interface OrderSlot {
  readonly date: string;
  readonly time: string;
  readonly instant: string;
}

/** The slots for one order, soonest first. */
export function orderSlots(now: number = Date.now()): OrderSlot[] {
  const first = today(now);
  return Array.from({ length: DAYS }, (_, index) => addDays(first, index)).flatMap((date) =>
    SLOT_TIMES.map((time) => ({ date, time, at: instantOf(date, time) }))
      .filter(({ at }) => at.getTime() >= now + LEAD_MILLISECONDS)
      .map(({ time, at }) => ({ date, time, instant: at.toISOString() })),
  );
}

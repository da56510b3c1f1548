import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addDays, Calendar, instantOf, millisecondsOf } from '../../../kernel/calendar';
import { Cutoff } from './cutoff';

const ZONES = [
  'Asia/Kolkata',
  'Europe/Berlin',
  'America/St_Johns',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Pacific/Kiritimati',
  'UTC',
];
const aZone = fc.constantFrom(...ZONES);
const aTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
/** From 2012 on, after Apia skipped a day. */
const anInstant = fc
  .integer({ min: Date.parse('2012-01-02') / 1_000, max: Date.parse('2040-01-01') / 1_000 })
  .map((seconds) => instantOf(seconds * 1_000));

/** The local date and time in a zone. */
function localTimeIn(zone: string, now: string): { date: string; time: string } {
  const local = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
  return { date: local.toPlainDate().toString(), time: local.toPlainTime().toString({ smallestUnit: 'minute' }) };
}

describe('the first open date', () => {
  it('is tomorrow until the local time reaches the cutoff, then the day after', () => {
    // At night, daylight saving may skip or repeat the cutoff.
    const byDay = aTime.filter((time) => time >= '05:00' && time < '23:00');
    fc.assert(
      fc.property(aZone, byDay, anInstant, (zone, time, now) => {
        const { date, time: shown } = localTimeIn(zone, now);
        expect(new Cutoff(new Calendar(zone), time).firstOpenDate(now)).toBe(addDays(date, shown < time ? 1 : 2));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never today, never goes back, and closes exactly at its cutoff', () => {
    fc.assert(
      fc.property(aZone, aTime, anInstant, fc.integer({ min: 0, max: 100_000 }), (zone, time, now, seconds) => {
        const cutoff = new Cutoff(new Calendar(zone), time);
        const open = cutoff.firstOpenDate(now);
        expect(open > localTimeIn(zone, now).date).toBe(true);
        expect(open <= addDays(localTimeIn(zone, now).date, 2)).toBe(true);
        expect(cutoff.firstOpenDate(secondsAfter(now, seconds)) >= open).toBe(true);

        const closes = cutoff.closesAt(open);
        expect(now < closes).toBe(true);
        expect(cutoff.firstOpenDate(secondsAfter(closes, -1)) <= open).toBe(true);
        expect(cutoff.firstOpenDate(closes) > open).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('uses one instant for a cutoff that daylight saving skips or repeats', () => {
    const firstOpen = (time: string, now: string) => new Cutoff(new Calendar('Europe/Berlin'), time).firstOpenDate(now);
    // 29 March 2026: after 01:59:59 comes 03:00. 02:30 is moved to 03:30.
    expect(firstOpen('02:30', '2026-03-29T01:29:59Z')).toBe('2026-03-30');
    expect(firstOpen('02:30', '2026-03-29T01:30:00Z')).toBe('2026-03-31');
    // 25 October 2026: 02:30 is at 00:30 UTC, and again at 01:30 UTC.
    expect(firstOpen('02:30', '2026-10-25T00:29:59Z')).toBe('2026-10-26');
    expect(firstOpen('02:30', '2026-10-25T00:30:00Z')).toBe('2026-10-27');
    expect(firstOpen('02:30', '2026-10-25T01:15:00Z')).toBe('2026-10-27');
  });

  it('is later if generation has decided later dates', () => {
    const cutoff = new Cutoff(new Calendar('Asia/Kolkata'), '21:00');
    const now = '2026-12-01T04:30:00Z';
    expect(cutoff.changeWindowAt(now)).toEqual({ today: '2026-12-01', firstOpenDate: '2026-12-02' });
    expect(cutoff.changeWindowAt(now, '2026-12-01').firstOpenDate).toBe('2026-12-02');
    expect(cutoff.changeWindowAt(now, '2026-12-02').firstOpenDate).toBe('2026-12-03');
    expect(cutoff.changeWindowAt(now, '2026-11-02').firstOpenDate).toBe('2026-12-02');
  });
});

function secondsAfter(now: string, seconds: number): string {
  return instantOf(millisecondsOf(now) + seconds * 1_000);
}

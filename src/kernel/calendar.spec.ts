import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addDays, Calendar, daysBetween, isSameTimeZone, weekdayOf, WEEKDAYS } from './calendar';

const anyDate = fc
  .integer({ min: 0, max: Temporal.PlainDate.from('2000-01-01').until('8999-12-31').days })
  .map((days) => Temporal.PlainDate.from('2000-01-01').add({ days }).toString());

describe('dates', () => {
  it('have the weekday and the distance in days that Temporal computes', () => {
    fc.assert(
      fc.property(anyDate, anyDate, (one, other) => {
        expect(weekdayOf(one)).toBe(WEEKDAYS[Temporal.PlainDate.from(one).dayOfWeek - 1]);
        expect(daysBetween(one, other)).toBe(Temporal.PlainDate.from(one).until(other).days);
        expect(addDays(one, daysBetween(one, other))).toBe(other);
      }),
    );
  });
});

describe('a local time', () => {
  it('is derived from an instant', () => {
    expect(new Calendar('Asia/Kolkata').timeOf('2026-12-01T22:30:59Z')).toBe('04:00');
  });

  it.each([
    ['Asia/Kolkata', '2026-03-29', '21:00', '2026-03-29T15:30:00Z'],
    ['Europe/Berlin', '2026-03-28', '02:30', '2026-03-28T01:30:00Z'],
    // Skipped by daylight saving: 03:30 by the clock, which is as long after midnight as 02:30 on other days.
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:30:00Z'],
    // Occurs twice: the first.
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00Z'],
    ['America/St_Johns', '2026-07-01', '21:00', '2026-07-01T23:30:00Z'],
    // Apia had no 30 December 2011.
    ['Pacific/Apia', '2011-12-29', '21:00', '2011-12-30T07:00:00Z'],
    ['Pacific/Apia', '2011-12-30', '21:00', '2011-12-31T07:00:00Z'],
    ['Pacific/Apia', '2011-12-31', '21:00', '2011-12-31T07:00:00Z'],
  ])('is converted to an instant in %s: %s %s', (zone, date, time, instant) => {
    expect(new Calendar(zone).instantAt(date, time)).toBe(instant);
  });
});

describe('a time zone', () => {
  it.each([
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['UTC', 'Etc/UTC'],
    ['US/Eastern', 'America/New_York'],
    ['Asia/Katmandu', 'Asia/Kathmandu'],
    ['asia/kolkata', 'Asia/Kolkata'],
  ])('is the same under two names: %s and %s', (one, other) => {
    expect([isSameTimeZone(one, other), isSameTimeZone(other, one)]).toEqual([true, true]);
  });

  it.each([
    ['Europe/Berlin', 'Europe/Paris'],
    ['Asia/Kolkata', '+05:30'],
    ['Asia/Kolkata', 'Asia/Colombo'],
    ['Asia/Kolkata', 'Milky/Way'],
  ])('is not the same because its offset is: %s and %s', (one, other) => {
    expect([isSameTimeZone(one, other), isSameTimeZone(other, one)]).toEqual([false, false]);
  });
});

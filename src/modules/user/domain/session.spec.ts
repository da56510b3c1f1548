import { ulid } from 'ulid';
import { deviceOf, endOf, endOfSession } from './session';

const SIGNED_IN = Date.UTC(2026, 0, 1);
const sessionId = ulid(SIGNED_IN, () => 0);
const day = (number: number) => SIGNED_IN / 1_000 + number * 86_400;

describe('a session', () => {
  it('ends thirty days after its last use, and at the latest ninety days after the sign-in', () => {
    expect(endOfSession(sessionId, day(0), 90)).toBe(day(30));
    expect(endOfSession(sessionId, day(60), 90)).toBe(day(90));
    expect(endOfSession(sessionId, day(89), 90)).toBe(day(90));
    expect(endOfSession(sessionId, day(0), 7)).toBe(day(7));
  });

  it('of an earlier version or a longer setting ends then too', () => {
    const stored = { sessionId, expiresAt: day(110) };
    expect(endOf(stored, 90)).toBe(day(90));
    expect(endOf(stored, 7)).toBe(day(7));
    expect(endOf({ sessionId, expiresAt: day(30) }, 90)).toBe(day(30));
  });

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['\u0000\u202E', undefined],
    [' Milk\u0007 App/1.0 é ', 'Milk App/1.0'],
    [`Mozilla/5.0 ${'x'.repeat(500)}`, `Mozilla/5.0 ${'x'.repeat(108)}`],
  ])('names its device: %p', (userAgent, device) => {
    expect(deviceOf(userAgent)).toBe(device);
  });
});

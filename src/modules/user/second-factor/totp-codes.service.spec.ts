import { Logger } from '@nestjs/common';
import { TOTP, URI } from 'otpauth';
import { Clock } from '../../../platform/clock';
import type { PlatformSettings } from '../../../platform/config/platform.settings';
import { TotpCodes } from './totp-codes.service';

const STEP = 30_000;
const START = 60_000_000 * STEP;

class FixedClock extends Clock {
  now_ = START;
  override realNow(): number {
    return this.now_;
  }
}

describe('TOTP codes', () => {
  const clock = new FixedClock();
  const codesWith = (jwtSecret: string) => new TotpCodes({ jwtSecret } as PlatformSettings, clock);
  const codes = codesWith('a secret of at least 32 characters');
  const { secret, uri, encrypted } = codes.newSecret('U1', 'asha@example.com');
  const codeAt = (timestamp: number) => new TOTP({ secret }).generate({ timestamp });
  afterEach(() => {
    clock.now_ = START;
    jest.restoreAllMocks();
  });

  it('belong to a secret that authenticator apps can read', () => {
    const parsed = URI.parse(uri) as TOTP;
    expect(parsed).toMatchObject({ issuer: 'Milkround', label: 'asha@example.com', digits: 6, period: 30 });
    expect(parsed.algorithm).toBe('SHA1');
    expect(parsed.secret.base32).toBe(secret);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });

  it('are those of RFC 6238', () => {
    const known = Buffer.from('12345678901234567890');
    const stored = codes['encrypt']('U1', known);
    clock.now_ = 1_111_111_109_000;
    expect(codes.stepOf('U1', stored, '081804')).toBe(37_037_036);
  });

  it.each([
    [-2, undefined],
    [-1, 59_999_999],
    [0, 60_000_000],
    [1, 60_000_001],
    [2, undefined],
  ])('of a phone that is %p steps ahead have the step %p', (ahead, step) => {
    expect(codes.stepOf('U1', encrypted, codeAt(START + ahead * STEP))).toBe(step);
  });

  it.each(['', '000000', '12345', '1234567', 'abcdef', '１２３４５６'])('are never %p', (code) => {
    if (codeAt(START) === code) return;
    expect(codes.stepOf('U1', encrypted, code)).toBeUndefined();
  });

  it('need a secret that was stored for the same user with the same key', () => {
    const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    const code = codeAt(START);
    expect(codes.stepOf('U2', encrypted, code)).toBeUndefined();
    expect(codesWith('another secret of 32 characters!').stepOf('U1', encrypted, code)).toBeUndefined();
    expect(codes.stepOf('U1', `${encrypted.slice(0, -2)}AA`, code)).toBeUndefined();
    expect(codes.stepOf('U1', '', code)).toBeUndefined();
    expect(errors).toHaveBeenCalledTimes(4);
    expect(encrypted).not.toContain(secret);
  });
});

import * as argon2 from '@node-rs/argon2';
import type { PlatformSettings } from '../../../platform/config/platform.settings';
import { SignInBusy } from '../domain/user.errors';
import { PasswordHasher } from './password-hasher.service';

const JIMMY = { email: 'jimmy@milkround.test', role: 'CUSTOMER' } as const;

describe('the password hasher', () => {
  const hasher = new PasswordHasher({ production: false } as PlatformSettings);

  it('verifies only the password that was hashed', async () => {
    const hash = await hasher.hash('test123', 'password', JIMMY);
    expect(await hasher.verifyPassword('test123', hash)).toBe('MATCH');
    expect(await hasher.verifyPassword('test124', hash)).toBe('NO_MATCH');
    expect(await hasher.hash('test123', 'password', JIMMY)).not.toBe(hash);
  });

  it('takes every Unicode form of a password as the same', async () => {
    const hash = await hasher.hash('M\u00E4dchen \uFF11', 'password', JIMMY);
    expect(await hasher.verifyPassword('Ma\u0308dchen 1', hash)).toBe('MATCH');
    expect(await hasher.verifyPassword('Madchen 1', hash)).toBe('NO_MATCH');
  });

  it('verifies a hash of earlier versions, which did not normalise', async () => {
    const typed = 'Ma\u0308dchen';
    const outdated = await argon2.hash(typed);
    expect(await hasher.verifyPassword(typed, outdated)).toBe('OUTDATED_MATCH');
    expect(await hasher.verifyPassword('M\u00E4dchen', outdated)).toBe('NO_MATCH');
    expect(await hasher.verifyPassword(typed, await hasher.rehash(typed))).toBe('MATCH');
  });

  it('does the same work whether or not there is a hash and whether or not it matches', async () => {
    const verify = jest.spyOn(jest.requireActual<typeof argon2>('@node-rs/argon2'), 'verify');
    const workFor = async (password: string, hash?: string) => {
      verify.mockClear();
      await hasher.verifyPassword(password, hash);
      return verify.mock.calls.length;
    };
    const typed = 'Ma\u0308dchen';
    const hashes = [undefined, await hasher.hash(typed, 'password', JIMMY), await argon2.hash(typed)];
    for (const hash of hashes) {
      expect(await workFor(typed, hash)).toBe(2);
      expect(await workFor('test123', hash)).toBe(1);
    }
    verify.mockRestore();
  });

  it('verifies no password without a hash', async () => {
    expect(await hasher.verifyPassword('test123', undefined)).toBe('NO_MATCH');
  });

  it('refuses checks while the queue is full, and recovers', async () => {
    const checks = await Promise.allSettled(
      Array.from({ length: 120 }, () => hasher.verifyPassword('test123', undefined)),
    );
    const refused = checks.filter((check) => check.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(20);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(SignInBusy);
    expect(await hasher.verifyPassword('test123', undefined)).toBe('NO_MATCH');
  });
});

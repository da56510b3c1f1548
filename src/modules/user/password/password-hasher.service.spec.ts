import type { PlatformSettings } from '../../../platform/config/platform.settings';
import { SignInBusy } from '../domain/user.errors';
import { PasswordHasher } from './password-hasher.service';

describe('the password hasher', () => {
  const hasher = new PasswordHasher({ production: false } as PlatformSettings);

  it('verifies only the password that was hashed', async () => {
    const hash = await hasher.hash('test123', 'password');
    expect(await hasher.verifyPassword('test123', hash)).toBe(true);
    expect(await hasher.verifyPassword('test124', hash)).toBe(false);
    expect(await hasher.hash('test123', 'password')).not.toBe(hash);
  });

  it('verifies no password without a hash', async () => {
    expect(await hasher.verifyPassword('test123', undefined)).toBe(false);
  });

  it('refuses checks while the queue is full, and recovers', async () => {
    const checks = await Promise.allSettled(
      Array.from({ length: 120 }, () => hasher.verifyPassword('test123', undefined)),
    );
    const refused = checks.filter((check) => check.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(20);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(SignInBusy);
    expect(await hasher.verifyPassword('test123', undefined)).toBe(false);
  });
});

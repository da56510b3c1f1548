import {
  isActiveCourier,
  isEmailVerified,
  isEmptyChange,
  listingOf,
  listingsOf,
  newUser,
  withoutCredentials,
} from './user';

describe('a user', () => {
  const user = newUser(
    { userId: 'U1', name: 'Jimmy', email: 'j@example.com', emailVerified: false },
    'COURIER',
    '2025-10-15T07:00:00Z',
  );

  it('starts at version 1, not blocked, with all channels on', () => {
    expect(user).toMatchObject({ version: 1, blocked: false, notifications: { email: true, sms: true } });
  });

  it('has a verified e-mail once they have proved it, or if an earlier version stored them', () => {
    expect(isEmailVerified(user)).toBe(false);
    expect(isEmailVerified({ ...user, emailVerified: true })).toBe(true);
    expect(isEmailVerified({ ...user, emailVerified: undefined })).toBe(true);
  });

  it('is returned without credentials', () => {
    expect(withoutCredentials({ ...user, passwordHash: 'x' } as typeof user)).toEqual(user);
  });

  it('is an active courier until blocked', () => {
    expect(isActiveCourier(user)).toBe(true);
    expect(isActiveCourier({ ...user, blocked: true })).toBe(false);
    expect(isActiveCourier({ ...user, role: 'CUSTOMER' })).toBe(false);
  });

  it('is in one listing shard of its role', () => {
    expect(listingsOf(['COURIER'])).toContain(listingOf('COURIER', 'U1'));
    expect(new Set(listingsOf(['COURIER', 'ADMIN'])).size).toBe(8);
  });

  it('is changed by a null, but not by an omitted field', () => {
    expect(isEmptyChange({})).toBe(true);
    expect(isEmptyChange({ name: undefined, notifications: { sms: undefined } })).toBe(true);
    expect(isEmptyChange({ phone: null })).toBe(false);
    expect(isEmptyChange({ notifications: { sms: false } })).toBe(false);
  });
});

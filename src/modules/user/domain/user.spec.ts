import { isActiveCourier, isEmptyChange, listingOf, listingsOf, newUser, withoutCredentials } from './user';

describe('a user', () => {
  const user = newUser({ userId: 'U1', name: 'Jimmy', email: 'j@example.com' }, 'COURIER', '2025-10-15T07:00:00Z');

  it('begins as version 1, not blocked, to be told by every way', () => {
    expect(user).toMatchObject({ version: 1, blocked: false, notifications: { email: true, sms: true } });
  });

  it('is shown without what the sign-in knows', () => {
    expect(withoutCredentials({ ...user, passwordHash: 'x' } as typeof user)).toEqual(user);
  });

  it('is an active courier until blocked', () => {
    expect(isActiveCourier(user)).toBe(true);
    expect(isActiveCourier({ ...user, blocked: true })).toBe(false);
    expect(isActiveCourier({ ...user, role: 'CUSTOMER' })).toBe(false);
  });

  it('is in one of the listings of its role', () => {
    expect(listingsOf(['COURIER'])).toContain(listingOf('COURIER', 'U1'));
    expect(new Set(listingsOf(['COURIER', 'ADMIN'])).size).toBe(8);
  });

  it('is changed by a null, and not by what is left out', () => {
    expect(isEmptyChange({})).toBe(true);
    expect(isEmptyChange({ name: undefined, notifications: { sms: undefined } })).toBe(true);
    expect(isEmptyChange({ phone: null })).toBe(false);
    expect(isEmptyChange({ notifications: { sms: false } })).toBe(false);
  });
});

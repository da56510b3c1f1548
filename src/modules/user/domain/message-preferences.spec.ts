import { DEFAULT_PREFERENCES, isKindOn, preferenceFields } from './message-preferences';

describe('message preferences', () => {
  it('store what is off, and remove what is on', () => {
    const kinds = { lowBalance: { email: false, sms: true }, invoices: {} };
    expect(preferenceFields({ sms: true, kinds })).toEqual({
      ...{ sms: true, email_lowBalance: false, sms_lowBalance: null },
    });
    expect(preferenceFields({})).toEqual({});
    expect(preferenceFields({ kinds: { invoices: { email: undefined } } })).toEqual({});
  });

  it('are on by channel and kind until they are turned off', () => {
    const preferences = { email: true, sms: false, email_lowBalance: false } as const;
    expect(isKindOn(DEFAULT_PREFERENCES, 'email', 'lowBalance')).toBe(true);
    expect(isKindOn(preferences, 'email', 'lowBalance')).toBe(false);
    expect(isKindOn(preferences, 'sms', 'lowBalance')).toBe(true);
  });
});

/** The services that can send SMS. */
export const SMS_PROVIDERS = ['sns', 'end-user-messaging'] as const;
export type SmsProvider = (typeof SMS_PROVIDERS)[number];

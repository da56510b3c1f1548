import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import { TIME_OF_DAY } from '../../platform/config/text-formats';

export const DAIRY_SETTINGS = declareSettings('dairy', (env) => ({
  /** Local time until which subscribers can change the next day. */
  cutoffTime: env.text('CUTOFF_TIME', '21:00', TIME_OF_DAY),
  /** Whether payments are simulated. The payment module checks the variable. */
  testPayments:
    env.optional('PAYMENT_GATEWAY') === undefined ? env.isLocal : env.optional('PAYMENT_GATEWAY') === 'sandbox',
}));

export type DairySettings = SettingsOf<typeof DAIRY_SETTINGS>;

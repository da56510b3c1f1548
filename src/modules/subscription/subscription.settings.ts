import { TIME_PATTERN } from '../../kernel/calendar';
import { declareSettings, type SettingsOf } from '../../platform/config/configuration';

export const SUBSCRIPTION_SETTINGS = declareSettings('subscription', (env) => ({
  cutoffTime: env.text('CUTOFF_TIME', '21:00', TIME_PATTERN),
}));

export type SubscriptionSettings = SettingsOf<typeof SUBSCRIPTION_SETTINGS>;

import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import { TIME_OF_DAY } from '../../platform/config/text-formats';

export const SUBSCRIPTION_SETTINGS = declareSettings('subscription', (env) => ({
  cutoffTime: env.text('CUTOFF_TIME', '21:00', TIME_OF_DAY),
  subscriptionsMax: env.integer('SUBSCRIPTIONS_MAX', 20, { min: 1, max: 100 }),
}));

export type SubscriptionSettings = SettingsOf<typeof SUBSCRIPTION_SETTINGS>;

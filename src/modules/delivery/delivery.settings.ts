import { declareSettings, type SettingsOf } from '../../platform/config/configuration';

export const DELIVERY_SETTINGS = declareSettings('delivery', (env) => ({
  pollMaxWaiters: env.integer('DELIVERY_POLL_MAX_WAITERS', 1_000, { min: 1, max: 10_000 }),
}));

export type DeliverySettings = SettingsOf<typeof DELIVERY_SETTINGS>;

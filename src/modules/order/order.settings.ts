import { declareSettings, type SettingsOf } from '../../platform/config/configuration';

export const ORDER_SETTINGS = declareSettings('order', (env) => ({
  leadMinutes: env.integer('LEAD_MINUTES', 60, { min: 0, max: 10_080 }),
  unpaidOrdersMax: env.integer('UNPAID_ORDERS_MAX', 10, { min: 1, max: 1_000 }),
  paymentWindowMinutes: env.integer('PAYMENT_WINDOW_MINUTES', 15, { min: 1, max: 1_440 }),
}));

export type OrderSettings = SettingsOf<typeof ORDER_SETTINGS>;

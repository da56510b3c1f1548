import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import { declareQueue } from '../../platform/queue/declare-queue';
import { declareBucket } from '../../platform/storage/declare-bucket';

export const ANALYTICS_QUEUE = declareQueue('analytics', { url: 'ANALYTICS_QUEUE_URL' });
export const EVENT_BUCKET = declareBucket('events', 'EVENT_BUCKET');
export const REPORT_BUCKET = declareBucket('reports', 'REPORT_BUCKET');

export const ANALYTICS_SETTINGS = declareSettings('analytics', (env) => ({
  /** How long after its slot begins a delivery is on time, in minutes. */
  deliveryWindowMinutes: env.integer('DELIVERY_WINDOW_MINUTES', 120, { min: 1, max: 1_440 }),
}));

export type AnalyticsSettings = SettingsOf<typeof ANALYTICS_SETTINGS>;

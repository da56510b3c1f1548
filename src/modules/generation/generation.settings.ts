import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import { TIME_OF_DAY } from '../../platform/config/text-formats';
import { declareQueue } from '../../platform/queue/declare-queue';
import { MAX_PARTS, PARTITION_COUNT } from '../subscription';

export const GENERATION_SETTINGS = declareSettings('generation', (env) => ({
  topUpDeadline: env.text('RETRY_UNTIL', '04:00', TIME_OF_DAY),
  shards: env.integer('GENERATION_SHARDS', PARTITION_COUNT, {
    min: PARTITION_COUNT,
    max: MAX_PARTS * PARTITION_COUNT,
    multipleOf: PARTITION_COUNT,
  }),
  catchUpDays: env.integer('CATCH_UP_DAYS', 7, { min: 0, max: 7 }),
}));

export type GenerationSettings = SettingsOf<typeof GENERATION_SETTINGS>;

export const GENERATION_QUEUE = declareQueue('generation', { url: 'GENERATION_QUEUE_URL' });

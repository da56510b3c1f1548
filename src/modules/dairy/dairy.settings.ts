import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import { TIME_OF_DAY } from '../../platform/config/text-formats';

export const DAIRY_SETTINGS = declareSettings('dairy', (env) => ({
  /** Local time until which subscribers can change the next day. */
  cutoffTime: env.text('CUTOFF_TIME', '21:00', TIME_OF_DAY),
}));

export type DairySettings = SettingsOf<typeof DAIRY_SETTINGS>;

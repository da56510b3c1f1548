import { declareSettings, type SettingsOf } from '../../platform/config/configuration';

export const AUDIT_SETTINGS = declareSettings('audit', (env) => ({
  keptDays: env.integer('AUDIT_DAYS', 400, { min: 30, max: 3_650 }),
}));

export type AuditSettings = SettingsOf<typeof AUDIT_SETTINGS>;

import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import { matching } from '../../platform/config/text-formats';

const BUS = matching(/^[\w./:-]{1,1600}$/, 'the name or the ARN of an EventBridge bus');

export const INTEGRATION_SETTINGS = declareSettings('integration', (env) => ({
  /** Without it, no event leaves the program. */
  eventBusName: env.optional('EVENT_BUS_NAME') === undefined ? undefined : env.text('EVENT_BUS_NAME', undefined, BUS),
}));

export type IntegrationSettings = SettingsOf<typeof INTEGRATION_SETTINGS>;

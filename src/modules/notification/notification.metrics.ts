import { declareMetric } from '../../platform/telemetry/metrics';

/** Recipients that a provider refused for good. Later messages, which are not attempted, do not count. */
export const RECIPIENT_REFUSED = declareMetric('RecipientRefused', { unit: 'Count', kind: 'count' });

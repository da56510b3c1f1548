import { declareMetric } from '../../platform/telemetry/metrics';

/** For how long the oldest unfinished run has been due; 0 when there is none. Also the heartbeat of the scheduler. */
export const GENERATION_OVERDUE = declareMetric('GenerationOverdue', { unit: 'Seconds', kind: 'gauge' });
/** From the cutoff to the last order of a run. */
export const GENERATION_TOOK = declareMetric('GenerationTook', { unit: 'Seconds', kind: 'gauge' });
/** Subscriptions that could not be decided. */
export const GENERATION_FAULT = declareMetric('GenerationFault', { unit: 'Count', kind: 'count' });

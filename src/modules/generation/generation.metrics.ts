import { declareMetric } from '../../platform/telemetry/metrics';

/** How long the oldest unfinished run has been due; 0 if there is none. Also the heartbeat of the scheduler. */
export const GENERATION_OVERDUE = declareMetric('GenerationOverdue', { unit: 'Seconds', kind: 'gauge' });
/** The time from the cutoff until a run has processed all subscriptions. */
export const GENERATION_TOOK = declareMetric('GenerationTook', { unit: 'Seconds', kind: 'gauge' });
/** Subscriptions that stay undecided after the second pass, and unpaid orders that could not be retried. */
export const GENERATION_FAULT = declareMetric('GenerationFault', { unit: 'Count', kind: 'count' });

import { declareMetric } from '../../platform/telemetry/metrics';

/** Violations that a run of `npm run books` has found. Also says that the nightly run has ended. */
export const RECONCILIATION_VIOLATIONS = declareMetric('ReconciliationViolations', { unit: 'Count', kind: 'gauge' });

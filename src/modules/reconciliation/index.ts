export { ReconciliationModule } from './reconciliation.module';
export { RECONCILIATION_VIOLATIONS } from './reconciliation.metrics';
export { type ReconciliationReport, ReconciliationService } from './reconciliation.service';

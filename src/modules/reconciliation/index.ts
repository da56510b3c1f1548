export { ReconciliationModule } from './reconciliation.module';
export { type ReconciliationReport, ReconciliationService } from './reconciliation.service';

export { DecisionAudit, type LostDecision } from './decision-audit.service';
export { GenerationModule } from './generation.module';
export { RunCoordinator } from './run-coordinator.service';

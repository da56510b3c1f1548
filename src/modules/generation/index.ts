export { GenerationModule } from './generation.module';
export { RunCoordinator } from './run-coordinator.service';

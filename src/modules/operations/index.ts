export { OperationsModule } from './operations.module';
export { OutboxAdminService, type OutboxState, waitingEventsOf } from './outbox-admin.service';

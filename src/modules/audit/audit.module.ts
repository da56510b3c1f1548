import { Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { AuditLog } from './audit-log.service';
import { AuditQuery } from './audit-query.service';
import { AuditAdminController } from './audit.admin.controller';
import { AuditRepository } from './audit.repository';
import { auditLogTable } from './audit.schema';
import { AUDIT_SETTINGS } from './audit.settings';
import { AuditSubscribers } from './audit.subscribers';

/** The audit log: who did what. It records events, and what has no event: failed sign-ins. */
@Module({
  imports: [DynamoModule.forTables(auditLogTable)],
  controllers: [AuditAdminController],
  providers: [provideSettings(AUDIT_SETTINGS), AuditRepository, AuditLog, AuditQuery, AuditSubscribers],
  exports: [AuditLog],
})
export class AuditModule {}

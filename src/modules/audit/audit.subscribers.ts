import { Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../../events/event-map';
import { Subscribe } from '../../platform/events/subscribe';
import { AuditLog } from './audit-log.service';
import { entryOf } from './domain/audit-entry';

@Injectable()
export class AuditSubscribers {
  constructor(private readonly auditLog: AuditLog) {}

  @Subscribe('*', { as: 'audit.record' })
  async record(event: PublishedEvent): Promise<void> {
    const entry = entryOf(event);
    if (entry) await this.auditLog.record(entry);
  }
}

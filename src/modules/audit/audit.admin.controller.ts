import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { mapPage } from '../../platform/dynamo/cursor';
import { PagedResponse } from '../../platform/http/paged-response';
import { ApiPagedSuccess } from '../../platform/openapi/decorators';
import { AuditQuery } from './audit-query.service';
import { AuditEntryResponse, ListAuditRequest } from './audit.admin.dto';

@ApiTags('operations')
@Access('ADMIN')
@Controller('admin/audit')
export class AuditAdminController {
  constructor(private readonly audit: AuditQuery) {}

  @Get()
  @ApiOperation({
    operationId: 'listAuditEntries',
    summary: 'List the audit log',
    description:
      'Returns who did what, to what, when and by which request, newest first. The log has all changes and exports by ' +
      'admins and by operators on the command line. For all users, it also has sign-ins and their failures, ended ' +
      'sessions, second factors, verified e-mail addresses, and changes of passwords, roles and blocks. The filters ' +
      'combine. Without `actor` and `subject`, the list covers at most 366 days. ' +
      'An entry appears within seconds of the change. Entries cannot be changed, and are kept for `AUDIT_DAYS` ' +
      '(400) days.',
  })
  @ApiPagedSuccess(AuditEntryResponse)
  async list(@Query() query: ListAuditRequest): Promise<PagedResponse<AuditEntryResponse>> {
    return new PagedResponse(mapPage(await this.audit.list(query, query), AuditEntryResponse.of));
  }
}

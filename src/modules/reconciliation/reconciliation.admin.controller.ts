import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { JobRunner } from '../../platform/jobs/job-runner';
import type { PendingJob } from '../../platform/jobs/pending-job';
import { ApiPendingResponse, ApiSuccess } from '../../platform/openapi/decorators';
import { ReconciliationResponse } from './reconciliation.dto';
import { ReconciliationService } from './reconciliation.service';

@ApiTags('admin')
@Access('ADMIN')
@Controller('admin/books')
export class ReconciliationAdminController {
  private readonly runReconciliation: (parameters: object) => Promise<ReconciliationResponse | PendingJob>;

  constructor(reconciliation: ReconciliationService, jobs: JobRunner) {
    this.runReconciliation = jobs.define('reconciliation', async (_, progress) =>
      ReconciliationResponse.of(await reconciliation.run(progress)),
    );
  }

  @Get()
  @ApiOperation({
    summary: 'Do wallets, ledger, orders, payments and the gateway agree?',
    description:
      'Walks everything, at some cost, while the dairy is at work. What is under way is no violation: what looks wrong ' +
      'is looked at again for some seconds. If that takes longer than ten seconds, it goes on as a job.',
  })
  @ApiSuccess(200, ReconciliationResponse)
  @ApiPendingResponse()
  run(): Promise<ReconciliationResponse | PendingJob> {
    return this.runReconciliation({});
  }
}

import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { JobRunner } from '../../platform/jobs/job-runner';
import type { PendingJob } from '../../platform/jobs/pending-job';
import { ApiPendingResponse, ApiSuccess } from '../../platform/openapi/decorators';
import { ReconciliationResponse } from './reconciliation.dto';
import { ReconciliationService } from './reconciliation.service';

@ApiTags('operations')
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
    operationId: 'runReconciliation',
    summary: 'Run the reconciliation',
    description:
      'Compares wallets, ledger, orders, payments, invoices, credit notes, the gateway and the decisions of ' +
      'generation while the system is in use, and changes ' +
      'nothing. Checks each mismatch again for some seconds before reporting it, so that work in progress is ' +
      'not reported. Reads all tables. If it takes longer than ten seconds, it continues as a job.',
  })
  @ApiSuccess(200, ReconciliationResponse)
  @ApiPendingResponse()
  run(): Promise<ReconciliationResponse | PendingJob> {
    return this.runReconciliation({});
  }
}

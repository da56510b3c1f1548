import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { ApiSuccess } from '../../platform/openapi/decorators';
import { ReconciliationResponse } from './reconciliation.dto';
import { ReconciliationService } from './reconciliation.service';

@ApiTags('admin')
@Access('ADMIN')
@Controller('admin/books')
export class ReconciliationAdminController {
  constructor(private readonly reconciliation: ReconciliationService) {}

  @Get()
  @ApiOperation({
    summary: 'Do wallets, ledger, orders, payments and the gateway agree?',
    description:
      'Walks everything, at some cost, while the dairy is at work. What is under way is no violation: what looks wrong ' +
      'is looked at again for some seconds. A large dairy asks `npm run books` instead, which no time-out interrupts.',
  })
  @ApiSuccess(200, ReconciliationResponse)
  async run(): Promise<ReconciliationResponse> {
    return ReconciliationResponse.of(await this.reconciliation.run());
  }
}

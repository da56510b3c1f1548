import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { AsyncResponses, type ResponsePending } from '../../../platform/http/async-responses';
import { ApiFailures, ApiPendingResponse, ApiSuccess } from '../../../platform/openapi/decorators';
import { RunAlreadyStarted, RunTooLate } from '../domain/generation.errors';
import { PreviewService } from '../preview/preview.service';
import { PreviewQuery, PreviewResponse } from './preview.dto';

/** The dry run reads all subscriptions, so a large dairy may have to ask twice. */
@ApiTags('admin')
@Access('ADMIN')
@Controller('admin')
export class PreviewAdminController {
  constructor(
    private readonly previewService: PreviewService,
    private readonly asyncResponses: AsyncResponses,
  ) {}

  @Get('generation/preview')
  @ApiOperation({ summary: 'What the daily orders of a date would be, were they made now; nothing is written' })
  @ApiSuccess(200, PreviewResponse)
  @ApiPendingResponse()
  @ApiFailures(RunAlreadyStarted, RunTooLate)
  async preview(@Query() { date }: PreviewQuery): Promise<PreviewResponse | ResponsePending> {
    return this.asyncResponses.getOrCompute(`preview ${date}`, async () =>
      PreviewResponse.of(await this.previewService.preview(date)),
    );
  }
}

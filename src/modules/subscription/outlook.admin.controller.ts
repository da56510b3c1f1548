import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { AsyncResponses, type ResponsePending } from '../../platform/http/async-responses';
import { ApiFailures, ApiPendingResponse, ApiSuccess } from '../../platform/openapi/decorators';
import { SubscriptionDemand } from './demand.service';
import { RunBegun, TooLate } from './generation.errors';
import { DayDemandResponse, DemandQuery, PreviewQuery, PreviewResponse } from './outlook.dto';
import { GenerationPreview } from './preview.service';

/** What the dairy has to expect. Both go through all subscriptions, so a large dairy may have to ask twice. */
@ApiTags('admin')
@Access('ADMIN')
@Controller('admin')
export class OutlookAdminController {
  constructor(
    private readonly previews: GenerationPreview,
    private readonly demands: SubscriptionDemand,
    private readonly answers: AsyncResponses,
  ) {}

  @Get('generation/preview')
  @ApiOperation({ summary: 'What the daily orders of a date would be, were they made now; nothing is written' })
  @ApiSuccess(200, PreviewResponse)
  @ApiPendingResponse()
  @ApiFailures(RunBegun, TooLate)
  async preview(@Query() { date }: PreviewQuery): Promise<PreviewResponse | ResponsePending> {
    return this.answers.getOrCompute(`preview ${date}`, async () => PreviewResponse.of(await this.previews.of(date)));
  }

  @Get('demand')
  @ApiOperation({
    summary: 'How many units of every product the subscriptions want on each date, less what is paused and skipped',
  })
  @ApiSuccess(200, DayDemandResponse, { isArray: true })
  @ApiPendingResponse()
  async demand(@Query() { from, to }: DemandQuery): Promise<DayDemandResponse[] | ResponsePending> {
    return this.answers.getOrCompute(`demand ${from} ${to}`, async () =>
      (await this.demands.of({ from, to })).map(DayDemandResponse.of),
    );
  }
}

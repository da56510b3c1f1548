import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { mapPage } from '../../../platform/dynamo/cursor';
import { DatePipe } from '../../../platform/http/date.pipe';
import { ListQuery } from '../../../platform/http/fields';
import { PagedResponse } from '../../../platform/http/paged-response';
import { ApiDateParam, ApiFailures, ApiSuccess } from '../../../platform/openapi/decorators';
import { RunNotFound, RunTooEarly, RunTooLate } from '../domain/generation.errors';
import { OutcomeHistory } from '../outcome-history.service';
import { RunCoordinator } from '../run-coordinator.service';
import { RunGenerationRequest, RunReportResponse, RunResponse, SubscriptionOutcomeResponse } from './generation.dto';

@ApiTags('admin')
@Access('ADMIN')
@Controller('admin/generation')
export class GenerationAdminController {
  constructor(
    private readonly coordinator: RunCoordinator,
    private readonly history: OutcomeHistory,
  ) {}

  @Post('run')
  @HttpCode(202)
  @ApiOperation({ summary: 'Make the daily orders of a date, or resume that; what is decided stays as it is' })
  @ApiSuccess(202, RunResponse)
  @ApiFailures(RunTooEarly, RunTooLate)
  async run(@Body() { date }: RunGenerationRequest): Promise<RunResponse> {
    return RunResponse.of(await this.coordinator.run(date));
  }

  @Get(':date')
  @ApiDateParam('date', '2026-12-02')
  @ApiOperation({
    summary: 'How the daily orders of a date stand, and what became of every subscription, page by page',
  })
  @ApiSuccess(200, RunReportResponse)
  @ApiFailures(RunNotFound)
  async report(
    @Param('date', DatePipe) date: string,
    @Query() query: ListQuery,
  ): Promise<PagedResponse<SubscriptionOutcomeResponse>> {
    const run = await this.coordinator.get(date);
    const page = mapPage(await this.history.outcomesOn(date, query), SubscriptionOutcomeResponse.of);
    return new PagedResponse(page, { ...RunResponse.of(run), outcomes: page.items } satisfies object);
  }
}

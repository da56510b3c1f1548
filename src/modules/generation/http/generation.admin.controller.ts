import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { mapPage } from '../../../platform/dynamo/cursor';
import { DatePipe } from '../../../platform/http/date.pipe';
import { ListQuery } from '../../../platform/http/fields';
import { PagedResponse } from '../../../platform/http/paged-response';
import { ApiDateParam, ApiFailures, ApiPagedSuccess, ApiSuccess } from '../../../platform/openapi/decorators';
import { RunNotFound, RunTooEarly, RunTooLate } from '../domain/generation.errors';
import { OutcomeHistory } from '../outcome-history.service';
import { RunCoordinator } from '../run-coordinator.service';
import {
  RunGenerationRequest,
  RunReportRequest,
  RunReportResponse,
  RunResponse,
  SubscriptionOutcomeResponse,
} from './generation.dto';

@ApiTags('generation runs')
@Access('ADMIN')
@Controller('admin/generation')
export class GenerationAdminController {
  constructor(
    private readonly coordinator: RunCoordinator,
    private readonly history: OutcomeHistory,
  ) {}

  @Post('run')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'startGeneration',
    summary: 'Start or resume order generation',
    description:
      'Generates the orders of a date whose cutoff has passed, at most 7 days ago by default. Continues an ' +
      'interrupted run, or repeats a finished one for subscriptions that are still undecided. Recorded outcomes do not ' +
      'change. Dates are generated in order, so an earlier unfinished date goes first. Answers 202 at once; the run ' +
      'continues in the background. Events: `generation.requested`, `generation.completed`.',
  })
  @ApiSuccess(202, RunResponse, { description: 'The run, in progress.' })
  @ApiFailures(RunTooEarly, RunTooLate)
  async run(@Body() { date }: RunGenerationRequest): Promise<RunResponse> {
    return RunResponse.of(await this.coordinator.run(date));
  }

  @Get()
  @ApiOperation({
    operationId: 'listGenerations',
    summary: 'List generation runs',
    description: 'Returns the runs with their status and counts, latest date first.',
  })
  @ApiPagedSuccess(RunResponse)
  async list(@Query() query: ListQuery): Promise<PagedResponse<RunResponse>> {
    return new PagedResponse(mapPage(await this.coordinator.list(query), RunResponse.of));
  }

  @Get(':date')
  @ApiDateParam('date', { example: '2026-12-02', description: 'Local date of the deliveries.' })
  @ApiOperation({
    operationId: 'getGeneration',
    summary: 'Get the run of a date',
    description:
      'Returns the status and counts of a run and, page by page, the outcome of every subscription, ' +
      'including those without a delivery on that date. With `outcome`, only those with this recorded outcome.',
  })
  @ApiSuccess(200, RunReportResponse)
  @ApiFailures(RunNotFound)
  async report(
    @Param('date', DatePipe) date: string,
    @Query() { outcome, ...page }: RunReportRequest,
  ): Promise<PagedResponse<SubscriptionOutcomeResponse>> {
    const run = await this.coordinator.get(date);
    const found = await this.history.outcomesOn(date, outcome, page);
    const outcomes = mapPage(found, SubscriptionOutcomeResponse.of);
    return new PagedResponse(outcomes, { ...RunResponse.of(run), outcomes: outcomes.items } satisfies object);
  }
}

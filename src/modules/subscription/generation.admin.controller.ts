import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { mapPage } from '../../platform/dynamo/cursor';
import { Access } from '../../platform/http/access';
import { ListAnswer } from '../../platform/http/answer.interceptor';
import { ApiAnswer, ApiDate, Fails } from '../../platform/http/documentation';
import { DatePipe } from '../../platform/http/date.pipe';
import { ListQuery } from '../../platform/http/fields';
import { RunGenerationRequest, RunReportResponse, RunResponse, SubscriptionOutcomeResponse } from './generation.dto';
import { RunNotFound, TooEarly, TooLate } from './generation.errors';
import { GenerationHistory } from './generation.history';
import { Generation } from './generation.service';

@ApiTags('admin')
@Access('ADMIN')
@Controller('admin/generation')
export class GenerationAdminController {
  constructor(
    private readonly generation: Generation,
    private readonly history: GenerationHistory,
  ) {}

  @Post('run')
  @HttpCode(202)
  @ApiOperation({ summary: 'Make the daily orders of a date, or resume that; what is decided stays as it is' })
  @ApiAnswer(202, RunResponse)
  @Fails(TooEarly, TooLate)
  async run(@Body() { date }: RunGenerationRequest): Promise<RunResponse> {
    return RunResponse.of(await this.generation.run(date));
  }

  @Get(':date')
  @ApiDate('date', '2026-12-02')
  @ApiOperation({
    summary: 'How the daily orders of a date stand, and what became of every subscription, page by page',
  })
  @ApiAnswer(200, RunReportResponse)
  @Fails(RunNotFound)
  async report(
    @Param('date', DatePipe) date: string,
    @Query() query: ListQuery,
  ): Promise<ListAnswer<SubscriptionOutcomeResponse>> {
    const run = await this.generation.get(date);
    const page = mapPage(await this.history.outcomesOf(date, query), SubscriptionOutcomeResponse.of);
    return new ListAnswer(page, { ...RunResponse.of(run), outcomes: page.items } satisfies object);
  }
}

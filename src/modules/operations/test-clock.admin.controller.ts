import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { ApiFailures, ApiSuccess } from '../../platform/openapi/decorators';
import { ClockMovedBackwards, NotSettled } from './domain/test-clock.errors';
import { ClockResponse, MoveClockRequest, SettledResponse } from './test-clock.dto';
import { TestClock } from './test-clock.service';

/** The clock and the idle check for tests and demonstrations. Not registered in production. */
@ApiTags('test tools')
@Access('ADMIN')
@Controller('admin')
export class TestClockAdminController {
  constructor(private readonly testClock: TestClock) {}

  @Put('clock')
  @ApiOperation({
    operationId: 'moveClock',
    summary: 'Move the test clock',
    description:
      'Moves the clock of the business rules forward, never back, and runs the scheduler at once. Tokens, ' +
      'throttles and signatures keep real time. Does not exist in production. Event: `clock.moved`.',
  })
  @ApiSuccess(200, ClockResponse)
  @ApiFailures(ClockMovedBackwards)
  move(@Body() { now }: MoveClockRequest): Promise<ClockResponse> {
    return this.testClock.moveClock(now);
  }

  @Delete('clock')
  @ApiOperation({
    operationId: 'resetClock',
    summary: 'Reset the test clock',
    description: 'Returns the business clock to real time. Does not exist in production. Event: `clock.moved`.',
  })
  @ApiSuccess(200, ClockResponse)
  reset(): Promise<ClockResponse> {
    return this.testClock.resetClock();
  }

  @Get('settled')
  @ApiOperation({
    operationId: 'waitUntilSettled',
    summary: 'Wait until background work is idle',
    description:
      'Answers 200 once the outbox, queues, generation runs, jobs and sandbox webhooks are idle, or 503 if ' +
      'they are still busy after a second. Does not exist in production.',
  })
  @ApiSuccess(200, SettledResponse)
  @ApiFailures(NotSettled)
  async settled(): Promise<SettledResponse> {
    await this.testClock.waitUntilSettled();
    return { settled: true };
  }
}

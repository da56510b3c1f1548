import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { ApiFailures, ApiSuccess } from '../../platform/openapi/decorators';
import { ClockMovedBackwards, NotSettled } from './domain/test-clock.errors';
import { ClockResponse, MoveClockRequest, SettledResponse } from './test-clock.dto';
import { TestClock } from './test-clock.service';

/** What tests and demonstrations need of time. In production it does not exist. */
@ApiTags('rehearsal (not in production)')
@Access('ADMIN')
@Controller('admin')
export class TestClockAdminController {
  constructor(private readonly testClock: TestClock) {}

  @Put('clock')
  @ApiOperation({ summary: 'Move the clock of the business rules forward, and do what is due by then' })
  @ApiSuccess(200, ClockResponse)
  @ApiFailures(ClockMovedBackwards)
  move(@Body() { now }: MoveClockRequest): Promise<ClockResponse> {
    return this.testClock.moveClock(now);
  }

  @Delete('clock')
  @ApiOperation({ summary: 'Return to real time' })
  @ApiSuccess(200, ClockResponse)
  reset(): Promise<ClockResponse> {
    return this.testClock.resetClock();
  }

  @Get('settled')
  @ApiOperation({ summary: 'Have all effects of what was asked so far happened? Waits up to a second for it' })
  @ApiSuccess(200, SettledResponse)
  @ApiFailures(NotSettled)
  async settled(): Promise<SettledResponse> {
    await this.testClock.waitUntilSettled();
    return { settled: true };
  }
}

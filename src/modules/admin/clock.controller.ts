import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { ApiFailures, ApiSuccess } from '../../platform/openapi/decorators';
import { ClockBackwards, NotSettled } from './admin.errors';
import { ClockResponse, MoveClockRequest, SettledResponse } from './clock.dto';
import { Rehearsal } from './rehearsal.service';

/** What tests and demonstrations need of time. In production it does not exist. */
@ApiTags('rehearsal (not in production)')
@Access('ADMIN')
@Controller('admin')
export class ClockController {
  constructor(private readonly rehearsal: Rehearsal) {}

  @Put('clock')
  @ApiOperation({ summary: 'Move the clock of the business rules forward, and do what is due by then' })
  @ApiSuccess(200, ClockResponse)
  @ApiFailures(ClockBackwards)
  move(@Body() { now }: MoveClockRequest): Promise<ClockResponse> {
    return this.rehearsal.moveClock(now);
  }

  @Delete('clock')
  @ApiOperation({ summary: 'Return to real time' })
  @ApiSuccess(200, ClockResponse)
  reset(): Promise<ClockResponse> {
    return this.rehearsal.resetClock();
  }

  @Get('settled')
  @ApiOperation({ summary: 'Have all effects of what was asked so far happened? Waits up to a second for it' })
  @ApiSuccess(200, SettledResponse)
  @ApiFailures(NotSettled)
  async settled(): Promise<SettledResponse> {
    await this.rehearsal.settled();
    return { settled: true };
  }
}

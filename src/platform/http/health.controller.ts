import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Ending } from '../ending';
import { Busy } from '../errors';
import { Settings } from '../settings';
import { Access } from './access';
import { ApiAnswer, Fails } from './documentation';
import { AnyQuery } from './query.guard';

class HealthyResponse {
  @ApiProperty({ enum: ['ok'] }) status!: 'ok';
}

@ApiTags('health')
@AnyQuery()
@Controller('health')
export class HealthController {
  constructor(
    private readonly settings: Settings,
    private readonly ending: Ending,
  ) {}

  /** Says that the process lives; asks nobody else. */
  @Get('live')
  @Access('anyone')
  @ApiOperation({ summary: 'Is the process alive?' })
  @ApiAnswer(200, HealthyResponse)
  live(): HealthyResponse {
    return { status: 'ok' };
  }

  @Get('ready')
  @Access('anyone')
  @ApiOperation({ summary: 'Can it serve? 503 while it drains, or while the database does not answer.' })
  @ApiAnswer(200, HealthyResponse)
  @Fails(Busy)
  async ready(): Promise<HealthyResponse> {
    if (this.ending.hasBegun) throw new Busy('This task is shutting down.');
    await this.settings.ping();
    return { status: 'ok' };
  }
}

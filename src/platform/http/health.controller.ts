import { Controller, Get, HttpCode } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Ending } from '../ending';
import { Unavailable } from '../errors';
import { Settings } from '../settings';
import { Access } from './access';
import { Fails } from './documentation';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly settings: Settings,
    private readonly ending: Ending,
  ) {}

  /** Says that the process lives; asks nobody else. */
  @Get('live')
  @HttpCode(200)
  @Access('anyone')
  @ApiOperation({ summary: 'Is the process alive?' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Access('anyone')
  @ApiOperation({ summary: 'Can it serve? 503 while it drains, or while the database does not answer.' })
  @Fails(Unavailable)
  async ready(): Promise<{ status: 'ok' }> {
    if (this.ending.hasBegun) throw new Unavailable('This task is shutting down.');
    await this.settings.ping();
    return { status: 'ok' };
  }
}

import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access';
import { Busy } from '../errors';
import { ApiFailures, ApiSuccess } from '../openapi/decorators';
import { SharedSettings } from '../shared-settings';
import { ShutdownSignal } from '../shutdown/shutdown-signal';
import { AllowAnyQuery } from './query.guard';

class HealthResponse {
  @ApiProperty({ enum: ['ok'], description: 'Always `ok`; a failed check is an error response.' }) status!: 'ok';
}

@ApiTags('health checks')
@AllowAnyQuery()
@Controller('health')
export class HealthController {
  constructor(
    private readonly settings: SharedSettings,
    private readonly shutdown: ShutdownSignal,
  ) {}

  @Get('live')
  @Access('anyone')
  @ApiOperation({
    operationId: 'checkLiveness',
    summary: 'Check that the process runs',
    description: 'Checks nothing but the process itself.',
  })
  @ApiSuccess(200, HealthResponse)
  live(): HealthResponse {
    return { status: 'ok' };
  }

  @Get('ready')
  @Access('anyone')
  @ApiOperation({
    operationId: 'checkReadiness',
    summary: 'Check that requests can be served',
    description: 'Checks that the database answers. 503 during shutdown or while the database does not answer.',
  })
  @ApiSuccess(200, HealthResponse)
  @ApiFailures(Busy)
  async ready(): Promise<HealthResponse> {
    if (this.shutdown.hasStarted) throw new Busy('This task is shutting down.');
    await this.settings.ping();
    return { status: 'ok' };
  }
}

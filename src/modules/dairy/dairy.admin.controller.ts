import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { StaleVersion } from '../../platform/errors';
import { IfMatch } from '../../platform/http/headers';
import { ApiFailures, ApiIfMatch, ApiSuccess } from '../../platform/openapi/decorators';
import { DairyResponse, UpdateDairyRequest } from './dairy.dto';
import { DairyService } from './dairy.service';

@ApiTags('dairy settings')
@Access('ADMIN')
@Controller('admin/dairy')
export class DairyAdminController {
  constructor(private readonly dairy: DairyService) {}

  @Get()
  @ApiOperation({
    operationId: 'getDairySettings',
    summary: 'Get the settings of the dairy',
    description: 'Returns what messages, invoices and documents say about the dairy.',
  })
  @ApiSuccess(200, DairyResponse)
  async get(): Promise<DairyResponse> {
    return DairyResponse.of(await this.dairy.getCurrent());
  }

  @Patch()
  @ApiOperation({
    operationId: 'updateDairySettings',
    summary: 'Update the settings of the dairy',
    description:
      'Changes only the fields sent. Null empties an optional field. Every task uses the new values within five ' +
      'seconds. Event: `dairy.updated`.',
  })
  @ApiIfMatch()
  @ApiSuccess(200, DairyResponse)
  @ApiFailures(StaleVersion)
  async update(@Body() body: UpdateDairyRequest, @IfMatch() expected?: number): Promise<DairyResponse> {
    return DairyResponse.of(await this.dairy.update(body, expected));
  }
}

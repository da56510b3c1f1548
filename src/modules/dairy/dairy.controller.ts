import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { PublicResponse } from '../../platform/http/cache-control';
import { ApiSuccess } from '../../platform/openapi/decorators';
import { PublicDairyResponse } from './dairy.dto';
import { DairyService } from './dairy.service';
import { DAIRY_SETTINGS, type DairySettings } from './dairy.settings';

@ApiTags('dairy settings')
@Controller('dairy')
export class DairyController {
  constructor(
    private readonly dairy: DairyService,
    @Inject(PLATFORM_SETTINGS) private readonly platform: PlatformSettings,
    @Inject(DAIRY_SETTINGS) private readonly settings: DairySettings,
  ) {}

  @Get()
  @Access('anyone')
  @PublicResponse()
  @ApiOperation({
    operationId: 'getDairy',
    summary: 'Get the dairy',
    description: 'Returns what customers may know of the dairy: name, contact, currency, time zone and cutoff.',
  })
  @ApiSuccess(200, PublicDairyResponse)
  async get(): Promise<PublicDairyResponse> {
    const { currency, zone: timeZone } = this.platform;
    return PublicDairyResponse.of(await this.dairy.get(), { currency, timeZone, ...this.settings });
  }
}

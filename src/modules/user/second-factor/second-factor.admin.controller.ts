import { Controller, Delete, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { USER_ID } from '../../../kernel/api-fields';
import { Access } from '../../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../../platform/auth/caller';
import { SecondFactor } from '../../../platform/auth/second-factor';
import { IdPipe } from '../../../platform/http/id.pipe';
import { ApiFailures, ApiIdParam } from '../../../platform/openapi/decorators';
import { SecondFactorAbsent } from '../domain/second-factor.errors';
import { OwnAccessChange, UserNotFound } from '../domain/user.errors';
import { SecondFactors } from './second-factors.service';

@ApiTags('users')
@Controller('admin/users')
@Access('ADMIN')
export class SecondFactorAdminController {
  constructor(private readonly secondFactors: SecondFactors) {}

  @Delete(':userId/mfa')
  @HttpCode(204)
  @SecondFactor('recent')
  @ApiIdParam('userId', USER_ID)
  @ApiOperation({
    operationId: 'resetSecondFactor',
    summary: 'Reset the second factor of a user',
    description:
      'Removes the second factor of another user who has lost their phone and their recovery codes, and ends their ' +
      'sessions and access tokens. They sign in with the password alone, and can set up another second factor. Event: ' +
      '`user.second_factor_removed`.',
  })
  @ApiNoContentResponse({ description: 'The second factor was removed.' })
  @ApiFailures(OwnAccessChange, UserNotFound, SecondFactorAbsent)
  async reset(@CurrentCaller() admin: Caller, @Param('userId', IdPipe) userId: string): Promise<void> {
    await this.secondFactors.reset(userId, admin.userId);
  }
}

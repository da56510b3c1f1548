import { Body, Controller, Delete, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, ForCallerOnly } from '../../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../../platform/auth/caller';
import { SecondFactor } from '../../../platform/auth/second-factor';
import { RateLimitExceeded } from '../../../platform/errors';
import { ClientAddress, RateLimit } from '../../../platform/http/rate-limit';
import { ApiFailures, ApiSuccess } from '../../../platform/openapi/decorators';
import { CodeRequired, InvalidCode, SecondFactorAbsent, SecondFactorActive } from '../domain/second-factor.errors';
import { InvalidCredentials, SignInBusy, TooManyAttempts, UserNotFound } from '../domain/user.errors';
import {
  ConfirmSecondFactorRequest,
  RecoveryCodesResponse,
  RemoveSecondFactorRequest,
  SecondFactorSecretResponse,
  SetUpSecondFactorRequest,
  VerifySecondFactorRequest,
} from './second-factor.dto';
import { SecondFactors } from './second-factors.service';

@ApiTags('users')
@Controller('user/mfa')
@ForCallerOnly()
@SecondFactor('none')
export class SecondFactorController {
  constructor(private readonly secondFactors: SecondFactors) {}

  @Post('setup')
  @HttpCode(200)
  @Access('ADMIN')
  @RateLimit(60)
  @ApiOperation({
    operationId: 'setUpSecondFactor',
    summary: 'Set up a second factor',
    description:
      'Returns a new secret for an authenticator app (TOTP: SHA-1, six digits, 30 seconds). The caller must send the ' +
      'password. Wrong passwords count towards the limit on sign-in failures. The secret replaces an unconfirmed one, ' +
      'and has no effect until `POST /user/mfa/confirm`.',
  })
  @ApiSuccess(200, SecondFactorSecretResponse)
  @ApiFailures(SecondFactorActive, UserNotFound, InvalidCredentials, TooManyAttempts, RateLimitExceeded, SignInBusy)
  async setUp(
    @CurrentCaller() caller: Caller,
    @Body() { password }: SetUpSecondFactorRequest,
    @ClientAddress() address: string,
  ): Promise<SecondFactorSecretResponse> {
    return this.secondFactors.setUp(caller, password, address);
  }

  @Post('confirm')
  @HttpCode(200)
  @Access('ADMIN')
  @RateLimit(60)
  @ApiOperation({
    operationId: 'confirmSecondFactor',
    summary: 'Confirm a second factor',
    description:
      'Activates the second factor with a code of the app, and returns recovery codes. From then on, each sign-in ' +
      'needs a code. In other sessions, admin requests are refused until a code is given. Event: ' +
      '`user.second_factor_activated`.',
  })
  @ApiSuccess(200, RecoveryCodesResponse)
  @ApiFailures(SecondFactorActive, SecondFactorAbsent, InvalidCode, TooManyAttempts, RateLimitExceeded)
  async confirm(
    @CurrentCaller() caller: Caller,
    @Body() { code }: ConfirmSecondFactorRequest,
  ): Promise<RecoveryCodesResponse> {
    return { recoveryCodes: await this.secondFactors.confirm(caller, code) };
  }

  @Post('verify')
  @HttpCode(204)
  @Access('ADMIN')
  @RateLimit(60)
  @ApiOperation({
    operationId: 'verifySecondFactor',
    summary: 'Verify a code of the second factor',
    description:
      'Records a code in the session, so that requests which need one from the last ten minutes work again ' +
      '(`x-second-factor: recent`). The access token stays the same. Codes work once. After 10 wrong codes within 15 ' +
      'minutes per account, further ones are refused with 429.',
  })
  @ApiNoContentResponse({ description: 'The code was correct.' })
  @ApiFailures(SecondFactorAbsent, CodeRequired, InvalidCode, TooManyAttempts, UserNotFound, RateLimitExceeded)
  async verify(@CurrentCaller() caller: Caller, @Body() body: VerifySecondFactorRequest): Promise<void> {
    await this.secondFactors.verify(caller, body);
  }

  @Delete()
  @HttpCode(204)
  @Access('signed-in')
  @RateLimit(60)
  @ApiOperation({
    operationId: 'removeSecondFactor',
    summary: 'Remove the second factor',
    description:
      'Removes the second factor of the caller, who must send the password and a code. Wrong passwords and codes count ' +
      'towards the limits on failures. Event: `user.second_factor_removed`.',
  })
  @ApiNoContentResponse({ description: 'The second factor was removed.' })
  @ApiFailures(SecondFactorAbsent, InvalidCredentials, CodeRequired, InvalidCode, TooManyAttempts, SignInBusy)
  @ApiFailures(RateLimitExceeded)
  async remove(
    @CurrentCaller() caller: Caller,
    @Body() body: RemoveSecondFactorRequest,
    @ClientAddress() address: string,
  ): Promise<void> {
    await this.secondFactors.remove(caller, body, address);
  }
}

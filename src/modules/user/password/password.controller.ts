import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, ForCallerOnly } from '../../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../../platform/auth/caller';
import { RateLimitExceeded } from '../../../platform/errors';
import { ClientAddress, RateLimit } from '../../../platform/http/rate-limit';
import { ApiFailures, ApiSuccess } from '../../../platform/openapi/decorators';
import {
  InvalidCredentials,
  InvalidResetToken,
  SignInBusy,
  TooManyAttempts,
  UserNotFound,
} from '../domain/user.errors';
import {
  ChangePasswordRequest,
  ForgotPasswordRequest,
  ForgotPasswordResponse,
  RESET_LINK_REQUESTED,
  ResetPasswordRequest,
} from './password.dto';
import { PasswordService } from './password.service';

@ApiTags('users')
@Controller('user/password')
export class PasswordController {
  constructor(private readonly passwords: PasswordService) {}

  @Post('change')
  @HttpCode(204)
  @Access('signed-in')
  @ForCallerOnly()
  @RateLimit(60)
  @ApiOperation({
    operationId: 'changePassword',
    summary: 'Change the password',
    description:
      'Changes the password of the caller, who must send the current one. Wrong passwords count towards the ' +
      'limit on sign-in failures. An admin cannot change the password of another user. Ends all sessions and access ' +
      'tokens of the caller, including this one. Some servers may accept the access token of a customer for five ' +
      'more seconds. The caller gets a mail about it. Event: `user.password_changed`.',
  })
  @ApiNoContentResponse({ description: 'The password was changed.' })
  @ApiFailures(InvalidCredentials, UserNotFound, TooManyAttempts, RateLimitExceeded, SignInBusy)
  async change(
    @CurrentCaller() { userId }: Caller,
    @Body() body: ChangePasswordRequest,
    @ClientAddress() address: string,
  ): Promise<void> {
    await this.passwords.change(userId, body, address);
  }

  @Post('forgot')
  @HttpCode(202)
  @Access('anyone')
  @RateLimit(60)
  @ApiOperation({
    operationId: 'requestPasswordReset',
    summary: 'Request a password reset',
    description:
      'Sends a mail with a reset link if the e-mail address has an account that is not blocked. The ' +
      'response is the same either way, so it does not tell whether the account exists. A user who was ' +
      'invited, and has no password yet, gets the invitation again instead. At most 10 mails within 15 ' +
      'minutes per account. Event: `user.password_reset_requested` or `user.invited`.',
  })
  @ApiSuccess(202, ForgotPasswordResponse, { description: 'The request was accepted.' })
  @ApiFailures(RateLimitExceeded)
  forgot(@Body() { email }: ForgotPasswordRequest): ForgotPasswordResponse {
    this.passwords.requestReset(email);
    return RESET_LINK_REQUESTED;
  }

  @Post('reset')
  @HttpCode(204)
  @Access('anyone')
  @RateLimit(60)
  @ApiOperation({
    operationId: 'resetPassword',
    summary: 'Reset the password',
    description:
      'Sets a new password with a token from a mail. Each works within an hour (that of an invitation within seven ' +
      'days), until one of them is used or the password changes. Ends all sessions and access tokens of the user. Some ' +
      'servers may accept the access token of a customer for five more seconds. Earlier wrong passwords no longer count ' +
      'towards the limits on sign-in failures of the account. The token also verifies the e-mail address. If it was not ' +
      'verified before, a reset empties phone and address and restores the notification preferences, because another ' +
      'person may have opened the account. The user gets a mail about the change. Events: `user.password_changed`, ' +
      '`user.email_verified`.',
  })
  @ApiNoContentResponse({ description: 'The password was changed.' })
  @ApiFailures(InvalidResetToken, RateLimitExceeded, SignInBusy)
  async reset(@Body() body: ResetPasswordRequest, @ClientAddress() address: string): Promise<void> {
    await this.passwords.reset(body, address);
  }
}

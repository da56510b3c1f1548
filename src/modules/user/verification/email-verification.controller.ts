import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { TargetUserId } from '../../../platform/auth/caller';
import { RateLimitExceeded } from '../../../platform/errors';
import { RateLimit } from '../../../platform/http/rate-limit';
import { ApiFailures, ApiSuccess } from '../../../platform/openapi/decorators';
import {
  EmailAlreadyVerified,
  InvalidVerificationToken,
  UserNotFound,
  VerificationRequestedRecently,
} from '../domain/user.errors';
import {
  RequestVerificationQuery,
  VERIFICATION_REQUESTED,
  VerificationRequestedResponse,
  VerifyEmailRequest,
} from './email-verification.dto';
import { EmailVerificationService } from './email-verification.service';

@ApiTags('users')
@Controller('user/verify')
export class EmailVerificationController {
  constructor(private readonly verification: EmailVerificationService) {}

  @Post()
  @HttpCode(204)
  @Access('anyone')
  @RateLimit(60)
  @ApiOperation({
    operationId: 'verifyEmail',
    summary: 'Verify an e-mail address',
    description:
      'Marks an e-mail address as verified, with the token that was mailed to it. A token is valid for seven days, ' +
      'for the address it was mailed to. The same token again has no effect. A password reset and an accepted ' +
      'invitation verify the address too. Event: `user.email_verified`.',
  })
  @ApiNoContentResponse({ description: 'The e-mail address is verified.' })
  @ApiFailures(InvalidVerificationToken, RateLimitExceeded)
  async verify(@Body() { token }: VerifyEmailRequest): Promise<void> {
    await this.verification.verify(token);
  }

  @Post('request')
  @HttpCode(202)
  @Access('signed-in')
  @RateLimit(60)
  @ApiOperation({
    operationId: 'requestEmailVerification',
    summary: 'Request another verification mail',
    description:
      'Sends a mail with a new token to the e-mail address of the caller. An admin may request it for any user by ' +
      '`userId`. At most one mail a minute, five an hour and ten a day. Event: ' +
      '`user.email_verification_requested`.',
  })
  @ApiSuccess(202, VerificationRequestedResponse, { description: 'The request was accepted.' })
  @ApiFailures(UserNotFound, EmailAlreadyVerified, VerificationRequestedRecently, RateLimitExceeded)
  async request(
    @TargetUserId() userId: string,
    @Query() _query: RequestVerificationQuery,
  ): Promise<VerificationRequestedResponse> {
    await this.verification.requestMail(userId);
    return VERIFICATION_REQUESTED;
  }
}

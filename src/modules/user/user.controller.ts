import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { type Caller, CurrentCaller, TargetUserId } from '../../platform/auth/caller';
import { SecondFactor } from '../../platform/auth/second-factor';
import { RateLimitExceeded, StaleVersion } from '../../platform/errors';
import { IfMatch } from '../../platform/http/headers';
import { RateLimit } from '../../platform/http/rate-limit';
import { ApiFailures, ApiIfMatch, ApiSuccess } from '../../platform/openapi/decorators';
import { EmailTaken, SignInBusy, TooManyPhoneChanges, UserIdTaken, UserNotFound } from './domain/user.errors';
import { ProfileQuery, RegisteredResponse, RegisterRequest, UpdateProfileRequest, UserResponse } from './user.dto';
import { UserService } from './user.service';

@ApiTags('users')
@Controller('user')
export class UserController {
  constructor(private readonly users: UserService) {}

  @Post('register')
  @Access('anyone')
  @RateLimit(60)
  @ApiOperation({
    operationId: 'registerUser',
    summary: 'Register a customer',
    description:
      'Creates an account with the role CUSTOMER and sends a welcome mail. There is one account per e-mail ' +
      'address, without regard to case. At most 60 requests a minute per client address. Event: ' +
      '`user.registered`.',
  })
  @ApiSuccess(201, RegisteredResponse)
  @ApiFailures(EmailTaken, UserIdTaken, RateLimitExceeded, SignInBusy)
  async register(@Body() body: RegisterRequest): Promise<RegisteredResponse> {
    return RegisteredResponse.of(await this.users.register(body));
  }

  @Get('profile')
  @SecondFactor('none')
  @Access('signed-in')
  @ApiOperation({
    operationId: 'getProfile',
    summary: 'Get the current user',
    description: 'Returns the profile of the caller. An admin may read any profile by `userId`.',
  })
  @ApiSuccess(200, UserResponse)
  @ApiFailures(UserNotFound)
  async profile(@TargetUserId() userId: string, @Query() _query: ProfileQuery): Promise<UserResponse> {
    return UserResponse.of(await this.users.get(userId));
  }

  @Patch('profile')
  @SecondFactor('recent')
  @Access('signed-in')
  @ApiOperation({
    operationId: 'updateProfile',
    summary: 'Update the current user',
    description:
      'Changes only the fields sent. E-mail address, password and role cannot be changed here. Users can change ' +
      'their phone to another one three times in 24 hours. An admin may change any profile by `userId`. Event: ' +
      '`user.updated`.',
  })
  @ApiIfMatch()
  @ApiSuccess(200, UserResponse)
  @ApiFailures(UserNotFound, StaleVersion, TooManyPhoneChanges)
  async update(
    @CurrentCaller() caller: Caller,
    @TargetUserId() userId: string,
    @Body() { userId: _own, ...change }: UpdateProfileRequest,
    @IfMatch() expected?: number,
  ): Promise<UserResponse> {
    return UserResponse.of(await this.users.changeProfile(caller.userId, userId, change, expected));
  }
}

import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Stale } from '../../platform/errors';
import { Access } from '../../platform/http/access';
import { ActingFor } from '../../platform/http/caller';
import { ApiAnswer, Fails } from '../../platform/http/documentation';
import { ApiIfMatch, IfMatch } from '../../platform/http/headers';
import { RateLimit, TooManyFromAddress } from '../../platform/http/rate-limit';
import { ProfileQuery, RegisteredResponse, RegisterRequest, UpdateProfileRequest, UserResponse } from './user.dto';
import { EmailTaken, SignInBusy, UserIdTaken, UserNotFound } from './user.errors';
import { UserService } from './user.service';

@ApiTags('users')
@Controller('user')
export class UserController {
  constructor(private readonly users: UserService) {}

  @Post('register')
  @Access('anyone')
  @RateLimit(60)
  @ApiOperation({ summary: 'Open an account as a customer' })
  @ApiAnswer(201, RegisteredResponse)
  @Fails(EmailTaken, UserIdTaken, TooManyFromAddress, SignInBusy)
  async register(@Body() body: RegisterRequest): Promise<RegisteredResponse> {
    return RegisteredResponse.of(await this.users.register(body));
  }

  @Get('profile')
  @Access('signed-in')
  @ApiOperation({ summary: 'Who you are' })
  @ApiAnswer(200, UserResponse)
  @Fails(UserNotFound)
  async profile(@ActingFor() userId: string, @Query() _query: ProfileQuery): Promise<UserResponse> {
    return UserResponse.of(await this.users.get(userId));
  }

  @Patch('profile')
  @Access('signed-in')
  @ApiOperation({ summary: 'Change your name, phone, address or what you want to be told' })
  @ApiIfMatch()
  @ApiAnswer(200, UserResponse)
  @Fails(UserNotFound, Stale)
  async update(
    @ActingFor() userId: string,
    @Body() { userId: _own, ...change }: UpdateProfileRequest,
    @IfMatch() expected?: number,
  ): Promise<UserResponse> {
    return UserResponse.of(await this.users.changeProfile(userId, change, expected));
  }
}

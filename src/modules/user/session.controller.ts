import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/http/access';
import { ApiAnswer, Fails } from '../../platform/http/documentation';
import { CallerAddress, RateLimit, TooManyFromAddress } from '../../platform/http/rate-limit';
import { LoginRequest, RefreshTokenRequest, SignedInResponse } from './session.dto';
import { SessionService } from './session.service';
import { InvalidCredentials, InvalidRefreshToken, SignInBusy, TooManyAttempts, UserBlocked } from './user.errors';

@ApiTags('users')
@Controller('user')
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Post('login')
  @HttpCode(200)
  @Access('anyone')
  @RateLimit(300)
  @ApiOperation({ summary: 'Sign in' })
  @ApiAnswer(200, SignedInResponse)
  @Fails(InvalidCredentials, UserBlocked, TooManyAttempts, TooManyFromAddress, SignInBusy)
  async login(@Body() body: LoginRequest, @CallerAddress() address: string): Promise<SignedInResponse> {
    return SignedInResponse.of(await this.sessions.login(body, address));
  }

  @Post('refresh')
  @HttpCode(200)
  @Access('anyone')
  @RateLimit(300)
  @ApiOperation({ summary: 'Go on: a new access token, and the next refresh token' })
  @ApiAnswer(200, SignedInResponse)
  @Fails(InvalidRefreshToken, TooManyFromAddress)
  async refresh(@Body() { refreshToken }: RefreshTokenRequest): Promise<SignedInResponse> {
    return SignedInResponse.of(await this.sessions.refresh(refreshToken));
  }

  @Post('logout')
  @HttpCode(204)
  @Access('anyone')
  @RateLimit(300)
  @ApiOperation({ summary: 'Sign out: the refresh token, and all that came of the same sign-in, are revoked' })
  @ApiNoContentResponse({ description: 'It is revoked, or was already.' })
  @Fails(TooManyFromAddress)
  async logout(@Body() { refreshToken }: RefreshTokenRequest): Promise<void> {
    await this.sessions.logout(refreshToken);
  }
}

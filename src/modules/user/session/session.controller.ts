import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { UserAgent } from '../../../platform/http/headers';
import { RateLimitExceeded } from '../../../platform/errors';
import { ClientAddress, RateLimit } from '../../../platform/http/rate-limit';
import { ApiFailures, ApiSuccess } from '../../../platform/openapi/decorators';
import { CodeRequired, InvalidCode } from '../domain/second-factor.errors';
import {
  InvalidCredentials,
  InvalidRefreshToken,
  PasswordTooWeak,
  SignInBusy,
  TooManyAttempts,
  UserBlocked,
} from '../domain/user.errors';
import { ApiSessionCookie, CookieOfSession, type SessionCookie } from './session-cookie';
import { LoginRequest, RefreshTokenRequest, SessionResponse } from './session.dto';
import { SessionService } from './session.service';

@ApiTags('users')
@Controller('user')
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Post('login')
  @HttpCode(200)
  @Access('anyone')
  @RateLimit(300)
  @ApiOperation({
    operationId: 'login',
    summary: 'Sign in with a password',
    description:
      'Returns an access token and a refresh token. An unknown e-mail address and a wrong password get the ' +
      'same response. Further attempts are refused with 429 after 10 failures within 15 minutes per account and ' +
      'client address, 50 within 15 minutes per client address, or 100 within an hour per account. The last ' +
      'limit does not apply to a client address from which the account signed in within 90 days. With the correct ' +
      'password of an account with a second factor, a missing code is `auth.code_required`. Wrong codes count as ' +
      'failures, also per account from any address. Event: `user.logged_in`.',
  })
  @ApiSessionCookie()
  @ApiSuccess(200, SessionResponse)
  @ApiFailures(
    InvalidCredentials,
    CodeRequired,
    InvalidCode,
    UserBlocked,
    PasswordTooWeak,
    TooManyAttempts,
    RateLimitExceeded,
    SignInBusy,
  )
  async login(
    @Body() body: LoginRequest,
    @ClientAddress() address: string,
    @CookieOfSession() cookie: SessionCookie,
    @UserAgent() userAgent?: string,
  ): Promise<SessionResponse> {
    return SessionResponse.of(cookie.keep(await this.sessions.login(body, { address, userAgent })));
  }

  @Post('refresh')
  @HttpCode(200)
  @Access('anyone')
  @RateLimit(300)
  @ApiOperation({
    operationId: 'refreshSession',
    summary: 'Refresh the access token',
    description:
      'Returns a new access token, with the current role of the user, and the next refresh token. If the ' +
      'response is lost, send the same token again: within 30 seconds, and before the next token is used, the ' +
      'response is the same. Any other reuse ends the session: none of its tokens work any more.',
  })
  @ApiSessionCookie()
  @ApiSuccess(200, SessionResponse)
  @ApiFailures(InvalidRefreshToken, RateLimitExceeded)
  async refresh(
    @Body() { refreshToken }: RefreshTokenRequest,
    @CookieOfSession() cookie: SessionCookie,
  ): Promise<SessionResponse> {
    return SessionResponse.of(cookie.keep(await this.sessions.refresh(cookie.tokenOf(refreshToken) ?? '')));
  }

  @Post('logout')
  @HttpCode(204)
  @Access('anyone')
  @RateLimit(300)
  @ApiOperation({
    operationId: 'logout',
    summary: 'End the current session',
    description:
      'Ends the session of the refresh token, even if the token was used before, and its access tokens. Some servers ' +
      'may accept the access token of a customer for five more seconds. Repeating the request is harmless.',
  })
  @ApiSessionCookie()
  @ApiNoContentResponse({ description: 'The session has ended.' })
  @ApiFailures(RateLimitExceeded)
  async logout(@Body() { refreshToken }: RefreshTokenRequest, @CookieOfSession() cookie: SessionCookie): Promise<void> {
    const token = cookie.tokenOf(refreshToken);
    if (token !== undefined) await this.sessions.logout(token);
    cookie.remove();
  }
}

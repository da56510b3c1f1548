import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvalidRequest } from '../../../platform/errors';
import type { SignInResult } from './session.service';

/** The result of a sign-in. The refresh token is absent if it is in the cookie. */
type BodyResult = Omit<SignInResult, 'refreshToken'> & { readonly refreshToken?: string };

const HEADER = 'X-Session';
const NAME = 'milkround_refresh';
/** The only routes that get the token. A cookie has one path, so each route has its own cookie. */
const PATHS = ['/user/refresh', '/user/logout'];
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * Keeps the refresh token of a browser where no script can read it, if a request has `X-Session: cookie`. Pages of
 * other sites can send neither that header nor the cookie.
 */
export class SessionCookie {
  private readonly isUsed: boolean;

  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {
    const value = request.headers[HEADER.toLowerCase()];
    if (value !== undefined && value !== 'cookie') {
      throw new InvalidRequest([{ field: HEADER, message: `${HEADER} must be cookie, or be left out` }]);
    }
    this.isUsed = value === 'cookie';
  }

  /** The refresh token, from the cookie or the body. Undefined if the browser has no cookie. `request.invalid`. */
  tokenOf(inBody: string | undefined): string | undefined {
    if (!this.isUsed) {
      if (inBody === undefined) {
        throw new InvalidRequest([
          { field: 'refreshToken', message: `refreshToken is required without ${HEADER}: cookie` },
        ]);
      }
      return inBody;
    }
    if (inBody !== undefined) {
      throw new InvalidRequest([
        { field: 'refreshToken', message: `refreshToken is allowed only without ${HEADER}: cookie` },
      ]);
    }
    return parseCookie(this.request.headers.cookie ?? '')[NAME];
  }

  /** Puts the refresh token of a sign-in or a refresh into the cookie, and returns what is left for the body. */
  keep(result: SignInResult): BodyResult {
    if (!this.isUsed) return result;
    this.set(result.refreshToken, result.refreshExpiresIn);
    return { ...result, refreshToken: undefined };
  }

  /** Removes the token from the browser. */
  remove(): void {
    if (this.isUsed) this.set('', 0);
  }

  private set(value: string, maxAge: number): void {
    // Safari stores no secure cookie for http://localhost.
    const secure = !LOCAL_HOST.test(this.request.host);
    const options = { name: NAME, value, maxAge, httpOnly: true, sameSite: 'strict', secure } as const;
    void this.reply.header(
      'Set-Cookie',
      PATHS.map((path) => stringifySetCookie({ ...options, path })),
    );
  }
}

export const CookieOfSession = createParamDecorator((_: unknown, context: ExecutionContext): SessionCookie => {
  const http = context.switchToHttp();
  return new SessionCookie(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
});

/** Documents `X-Session`. */
export function ApiSessionCookie(): MethodDecorator {
  return ApiHeader({
    name: HEADER,
    required: false,
    description:
      'With `cookie`, the refresh token is in a cookie instead of in bodies, for browsers: HttpOnly, SameSite=Strict, ' +
      'Secure except on localhost, and only sent to `POST /user/refresh` and `POST /user/logout`.',
    schema: { type: 'string', enum: ['cookie'] },
  });
}

import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { createSecretKey } from 'node:crypto';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { type Role, ROLES } from '../../kernel/roles';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import { NotSignedIn } from './auth.errors';
import type { Caller } from './caller';

/** The claims of an access token. */
export interface AccessClaims {
  readonly sub: string;
  readonly role: Role;
  readonly typ: 'access';
  readonly iat: number;
  readonly exp: number;
  /** The access version of the account. Tokens of earlier versions do not have it. */
  readonly ver?: number;
  /** The id of the session. Tokens of earlier versions do not have it. */
  readonly sid?: string;
}

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(@Inject(PLATFORM_SETTINGS) { jwtSecret, jwtIssuer, jwtAudience }: PlatformSettings) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // A string would be parsed as a key on every request. The library accepts a KeyObject, but its types do not.
      secretOrKey: createSecretKey(Buffer.from(jwtSecret)) as unknown as Buffer,
      algorithms: ['HS256'],
      issuer: jwtIssuer,
      audience: jwtAudience,
    });
  }

  validate({ sub, role, typ, iat, exp, ver, sid }: Partial<AccessClaims>): Caller {
    // The library accepts tokens that never expire.
    if (sub === undefined || iat === undefined || exp === undefined) throw new NotSignedIn();
    if (typ !== 'access' || role === undefined || !ROLES.includes(role)) throw new NotSignedIn();
    return { userId: sub, role, token: { issuedAt: iat, version: ver }, sessionId: sid };
  }
}

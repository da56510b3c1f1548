import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { type Role, ROLES } from '../../kernel/roles';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import { secretsOf } from '../derived-key';
import { isEqual } from '../signer';
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
  constructor(@Inject(PLATFORM_SETTINGS) settings: PlatformSettings) {
    const { jwtIssuer, jwtAudience } = settings;
    const keys = secretsOf(settings).map((secret) => createSecretKey(Buffer.from(secret)));
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // A string would be parsed as a key on every request. The library accepts a KeyObject, but its types do not.
      secretOrKeyProvider: (_request, token: string, done) => done(null, keyOf(token, keys) as unknown as Buffer),
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

/** The key that has signed a token. If none has, the current one, which then refuses the token. */
function keyOf(token: string, [current, ...previous]: readonly KeyObject[]): KeyObject | undefined {
  const end = token.lastIndexOf('.');
  const [signed, signature] = [token.slice(0, end), token.slice(end + 1)];
  return (
    previous.find((key) => isEqual(signature, createHmac('sha256', key).update(signed).digest('base64url'))) ?? current
  );
}

import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, type SecretOrKeyProvider, Strategy } from 'passport-jwt';
import { OIDC_STRATEGY } from '../../../platform/auth/access.guard';
import { NotSignedIn } from '../../../platform/auth/auth.errors';
import type { Caller } from '../../../platform/auth/caller';
import { sessionIdOfIdentity } from '../domain/ids';
import type { UserSettings } from '../user.settings';
import type { OidcClaims } from './oidc-claims';
import type { OidcUsers } from './oidc-users.service';
import { IdentityBlocked } from './oidc.errors';

/** Accepts tokens of `AUTH_ISSUER`, such as a Cognito user pool, besides our own. Without an issuer it accepts none. */
export class OidcStrategy extends PassportStrategy(Strategy, OIDC_STRATEGY) {
  private readonly audience?: string;

  constructor(
    private readonly users: OidcUsers,
    issuer: UserSettings['issuer'],
    keys: SecretOrKeyProvider = noKey,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: keys,
      // Asymmetric algorithms only: HS256 would accept the public key as a shared secret.
      algorithms: ['RS256', 'ES256'],
      issuer: issuer?.names,
    });
    this.audience = issuer?.audience;
  }

  async validate(claims: Partial<OidcClaims>): Promise<Caller> {
    if (!isForAudience(claims, this.audience) || !isComplete(claims)) throw new NotSignedIn();
    const { userId, role, blocked } = await this.users.accessOf(claims);
    if (blocked) throw new IdentityBlocked();
    return { userId, role, sessionId: sessionIdOfIdentity(claims) };
  }
}

const noKey: SecretOrKeyProvider = (_request, _token, done) => done(null, undefined);

/** Whether a token is meant for us. Access tokens of Cognito have `client_id` instead of `aud`. */
function isForAudience(
  { aud, client_id: clientId, token_use: tokenUse }: Partial<OidcClaims>,
  audience?: string,
): boolean {
  return [aud].flat().includes(audience) || (aud === undefined && tokenUse === 'access' && clientId === audience);
}

function isComplete(claims: Partial<OidcClaims>): claims is OidcClaims {
  return (
    [claims.iss, claims.sub].every((claim) => typeof claim === 'string' && claim !== '') && claims.exp !== undefined
  );
}

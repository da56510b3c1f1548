import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { passportJwtSecret } from 'jwks-rsa';
import { ExtractJwt, type SecretOrKeyProvider, Strategy } from 'passport-jwt';
import { CONFIG, type Config } from '../../platform/config';
import { ISSUED } from '../../platform/http/access.guard';
import { type Caller, IssuerOutOfReach, NotAdmitted, NotSignedIn } from '../../platform/http/caller';
import type { IssuedClaims } from './issued.claims';
import { IssuedUsers } from './issued.users';

const CALL_MILLISECONDS = 3_000;
/** How long a key is taken that the issuer has withdrawn, and an issuer may be out of reach. */
const KEY_LIVES_MILLISECONDS = 60 * 60_000;
const KEYS_AT_MOST = 10;
/** So that tokens with made-up keys do not have us storm the issuer. */
const QUESTIONS_A_MINUTE = 10;

/** Takes the tokens of `AUTH_ISSUER`, such as a Cognito user pool, beside our own; without one, none. */
@Injectable()
export class IssuedStrategy extends PassportStrategy(Strategy, ISSUED) {
  private readonly audience?: string;

  constructor(
    @Inject(CONFIG) { issuer }: Config,
    private readonly users: IssuedUsers,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: issuer ? keysOf(issuer.keysUrl) : noKey,
      // None that would take a public key for a shared secret.
      algorithms: ['RS256', 'ES256'],
      issuer: issuer?.names,
    });
    this.audience = issuer?.audience;
  }

  async validate(claims: Partial<IssuedClaims>): Promise<Caller> {
    if (!isFor(claims, this.audience) || !isComplete(claims)) throw new NotSignedIn();
    const { userId, role, blocked } = await this.users.standingOf(claims);
    if (blocked) throw NotAdmitted.blocked();
    return { userId, role };
  }
}

function keysOf(jwksUri: string): SecretOrKeyProvider {
  return passportJwtSecret({
    jwksUri,
    timeout: CALL_MILLISECONDS,
    cacheMaxAge: KEY_LIVES_MILLISECONDS,
    cacheMaxEntries: KEYS_AT_MOST,
    rateLimit: true,
    jwksRequestsPerMinute: QUESTIONS_A_MINUTE,
    handleSigningKeyError: (error, done) =>
      done(error?.name === 'SigningKeyNotFoundError' ? null : new IssuerOutOfReach()),
  });
}

const noKey: SecretOrKeyProvider = (_request, _token, done) => done(null, undefined);

/** Whether a token is meant for us. Access tokens of Cognito name the client where others name the audience. */
function isFor({ aud, client_id: client, token_use: use }: Partial<IssuedClaims>, audience?: string): boolean {
  return [aud].flat().includes(audience) || (aud === undefined && use === 'access' && client === audience);
}

function isComplete(claims: Partial<IssuedClaims>): claims is IssuedClaims {
  return (
    [claims.iss, claims.sub].every((claim) => typeof claim === 'string' && claim !== '') && claims.exp !== undefined
  );
}

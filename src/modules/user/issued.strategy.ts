import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { createRemoteJWKSet, decodeProtectedHeader, errors, type JWTHeaderParameters } from 'jose';
import { KeyObject } from 'node:crypto';
import { ExtractJwt, type SecretOrKeyProvider, Strategy } from 'passport-jwt';
import { CONFIG, type Config } from '../../platform/config';
import { ISSUED } from '../../platform/http/access.guard';
import { type Caller, IssuerOutOfReach, NotAdmitted, NotSignedIn } from '../../platform/http/caller';
import type { IssuedClaims } from './issued.claims';
import { IssuedUsers } from './issued.users';

const CALL_MILLISECONDS = 3_000;
/** How long a key is taken that the issuer has withdrawn, and an issuer may be out of reach. */
const KEY_LIVES_MILLISECONDS = 60 * 60_000;
/** So that tokens with made-up keys do not have us storm the issuer; those that it has shown are good all the while. */
const ASK_AGAIN_MILLISECONDS = 10_000;
/** What is said of a token, not of the issuer. */
const NO_KEY = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

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

/** All keys of the issuer are kept together, so that no token can push out or hold up the key of another. */
function keysOf(url: string): SecretOrKeyProvider {
  const keys = createRemoteJWKSet(new URL(url), {
    timeoutDuration: CALL_MILLISECONDS,
    cacheMaxAge: KEY_LIVES_MILLISECONDS,
    cooldownDuration: ASK_AGAIN_MILLISECONDS,
  });
  const keyOf = async (token: string): Promise<KeyObject | undefined> => {
    const header = headerOf(token);
    if (header === undefined) return undefined;
    try {
      return KeyObject.from(await keys(header));
    } catch (error) {
      if (NO_KEY.some((kind) => error instanceof kind)) return undefined;
      throw new IssuerOutOfReach();
    }
  };
  return (_request, token: string, done) => {
    // As with our own tokens, a key is welcome, and need not be parsed for every request.
    keyOf(token).then((key) => done(null, key as unknown as Buffer), done);
  };
}

function headerOf(token: string): JWTHeaderParameters | undefined {
  try {
    return decodeProtectedHeader(token) as JWTHeaderParameters;
  } catch {
    return undefined;
  }
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

import { JwtService } from '@nestjs/jwt';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { close, listen, urlOf } from './local-server';

interface Key {
  readonly kid: string;
  readonly algorithm: 'RS256' | 'ES256';
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Claims that override the defaults. */
export type Claims = Readonly<Record<string, unknown>>;

/** An identity provider: signs tokens and serves its public keys. */
export class OidcIssuer {
  readonly keys: Key[] = [createKey('first', 'RS256')];
  isUnreachable = false;
  /** Number of requests for its keys. */
  keyRequests = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      this.keyRequests++;
      if (this.isUnreachable) return void request.socket.destroy();
      response.writeHead(request.url === '/pool/.well-known/jwks.json' ? 200 : 404);
      response.end(JSON.stringify({ keys: this.keys.map(toJwk) }));
    });
  }

  static async start(): Promise<OidcIssuer> {
    const server = await listen(createServer());
    return new OidcIssuer(server);
  }

  async stop(): Promise<void> {
    await close(this.server);
  }

  get url(): string {
    return `${urlOf(this.server)}/pool`;
  }

  /** Signs with a new key from now on; tokens signed with earlier keys stay valid. */
  rotate(algorithm: Key['algorithm'] = 'RS256'): void {
    this.keys.unshift(createKey(`key ${this.keys.length + 1}`, algorithm));
  }

  /** A token for the audience `dairy`, signed with the newest key by default. */
  tokenFor(sub: string, claims: Claims = {}, key = this.keys[0] as Key): string {
    const seconds = Math.floor(Date.now() / 1_000);
    const defaults = { iss: this.url, sub, aud: 'dairy', iat: seconds, exp: seconds + 600 };
    const options = { privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }), keyid: key.kid };
    const entries = Object.entries({ ...defaults, ...claims }).filter(([, value]) => value !== undefined);
    return new JwtService().sign(Object.fromEntries(entries), { ...options, algorithm: key.algorithm });
  }
}

/** A key that the issuer does not have. */
export function unknownKey(kid: string): Key {
  return createKey(kid, 'RS256');
}

function createKey(kid: string, algorithm: Key['algorithm']): Key {
  const pair =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2_048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, algorithm, ...pair };
}

function toJwk({ kid, algorithm, publicKey }: Key): object {
  return { ...publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' };
}

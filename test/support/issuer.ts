import { JwtService } from '@nestjs/jwt';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { closed, listening, urlOf } from './local-server';

interface Key {
  readonly kid: string;
  readonly algorithm: 'RS256' | 'ES256';
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** What a test says of a token beside the usual. */
export type Claims = Readonly<Record<string, unknown>>;

/** An identity provider: it signs tokens, and shows the keys to prove them by. */
export class Issuer {
  readonly keys: Key[] = [keyOf('first', 'RS256')];
  isOutOfReach = false;
  /** How often its keys were asked for. */
  asked = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      this.asked++;
      if (this.isOutOfReach) return void request.socket.destroy();
      response.writeHead(request.url === '/pool/.well-known/jwks.json' ? 200 : 404);
      response.end(JSON.stringify({ keys: this.keys.map(shown) }));
    });
  }

  static async start(): Promise<Issuer> {
    const server = await listening(createServer());
    return new Issuer(server);
  }

  async stop(): Promise<void> {
    await closed(this.server);
  }

  get url(): string {
    return `${urlOf(this.server)}/pool`;
  }

  /** From now on it signs with another key; tokens of those before stay good. */
  rotate(algorithm: Key['algorithm'] = 'RS256'): void {
    this.keys.unshift(keyOf(`key ${this.keys.length + 1}`, algorithm));
  }

  /** A token for the audience `dairy`, by the newest key. */
  tokenFor(sub: string, claims: Claims = {}, key = this.keys[0] as Key): string {
    const seconds = Math.floor(Date.now() / 1_000);
    const usual = { iss: this.url, sub, aud: 'dairy', iat: seconds, exp: seconds + 600 };
    const options = { privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }), keyid: key.kid };
    const said = Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined);
    return new JwtService().sign(Object.fromEntries(said), { ...options, algorithm: key.algorithm });
  }
}

/** A key of which the issuer knows nothing. */
export function foreignKey(kid: string): Key {
  return keyOf(kid, 'RS256');
}

function keyOf(kid: string, algorithm: Key['algorithm']): Key {
  const pair =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2_048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, algorithm, ...pair };
}

function shown({ kid, algorithm, publicKey }: Key): object {
  return { ...publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' };
}

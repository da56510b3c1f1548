import { type ExecutionContext, Inject, Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { createSecretKey } from 'node:crypto';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { type Role, ROLES } from '../../kernel/roles';
import { CONFIG, type Config } from '../config/config';
import { Unavailable } from '../errors';
import { ACCESS, type AccessRule } from './access';
import { type Caller, callerOf, namesAnotherUser, NotOwner, NotSignedIn, WrongRole } from './caller';

/** The passport strategy for tokens of another issuer, which is the user module's. */
export const OIDC_STRATEGY = 'issued';

/** What an access token says. */
export interface AccessClaims {
  readonly sub: string;
  readonly role: Role;
  readonly typ: 'access';
}

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(@Inject(CONFIG) { jwtSecret, jwtIssuer, jwtAudience }: Config) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // A text would be parsed as a key for every request; the types do not know that a key is welcome.
      secretOrKey: createSecretKey(Buffer.from(jwtSecret)) as unknown as Buffer,
      algorithms: ['HS256'],
      issuer: jwtIssuer,
      audience: jwtAudience,
    });
  }

  validate({ sub, role, typ }: AccessClaims): Caller {
    if (typ !== 'access' || !ROLES.includes(role)) throw new NotSignedIn();
    return { userId: sub, role };
  }
}

/**
 * Lets nobody through whom the route's `@Access` does not name, or who names somebody else without being an admin.
 * Our own tokens come first, then another issuer's.
 */
@Injectable()
export class AccessGuard extends AuthGuard(['jwt', OIDC_STRATEGY]) {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === 'anyone') return true;
    await super.canActivate(context);
    const { role } = callerOf(context);
    if (rule === undefined || (rule !== 'signed-in' && !rule.includes(role))) throw new WrongRole();
    if (role !== 'ADMIN' && namesAnotherUser(context)) throw new NotOwner();
    return true;
  }

  override handleRequest<T>(error: unknown, user: T | false | null, info: unknown): T {
    if (error instanceof Error) throw error;
    if (user) return user;
    // Who cannot be looked at is not yet refused.
    throw [info].flat().find((reason) => reason instanceof Unavailable) ?? new NotSignedIn();
  }
}

/** Refuses to start, before anything has, while a route does not say who may call it. */
@Injectable()
export class AccessRuleCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const unclassified = this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      const prototype = Object.getPrototypeOf(instance ?? {}) as Record<string, unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .map((name) => ({ name, method: prototype[name] as () => unknown }))
        .filter(({ method }) => this.reflector.get<RequestMethod | undefined>('method', method) !== undefined)
        .filter(({ method }) => !this.reflector.getAllAndOverride(ACCESS, [method, metatype as () => unknown]))
        .map(({ name }) => `${metatype?.name}.${name}`);
    });
    if (unclassified.length > 0) {
      throw new Error(`These routes do not say who may call them; give each an @Access(…): ${unclassified.join(', ')}`);
    }
  }
}

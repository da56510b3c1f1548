import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isId } from '../../kernel/ids';
import type { AuthenticatedRequest } from '../auth/caller';
import { unknownField } from './request-shape';

/** The metadata key under which @nestjs/common stores the arguments of a method, as `<kind of source>:<index>`. */
const ROUTE_ARGUMENTS_KEY = '__routeArguments__';
const QUERY_SOURCE = /^4:/;

const ANY_QUERY = Symbol('any query');

/** Lets a route accept any query, because a probe or a gateway may add parameters to its URL. */
export function AllowAnyQuery(): MethodDecorator & ClassDecorator {
  return SetMetadata(ANY_QUERY, true);
}

/**
 * Refuses query parameters on a route without `@Query`; a route with `@Query` validates them itself. A signed-in caller
 * may always send `userId`, which AccessGuard has checked.
 */
@Injectable()
export class QueryGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { query, user } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const isAllowed = ([name, value]: [string, unknown]) => user && name === 'userId' && isId(value);
    const unexpected = Object.entries(query as object).find((entry) => !isAllowed(entry));
    if (!unexpected || this.declaresQuery(context)) return true;
    throw unknownField(unexpected[0]);
  }

  private declaresQuery(context: ExecutionContext): boolean {
    const [method, controller] = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(ANY_QUERY, [method, controller])) return true;
    const declared = (Reflect.getMetadata(ROUTE_ARGUMENTS_KEY, controller, method.name) ?? {}) as object;
    return Object.keys(declared).some((source) => QUERY_SOURCE.test(source));
  }
}

import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isId } from '../../kernel/ids';
import type { AuthenticatedRequest } from '../auth/caller';
import { unknownField } from './request-shape';

/** Where @nestjs/common keeps what a method takes, under keys such as `4:0`: the kind of source, and the place. */
const ROUTE_ARGUMENTS_KEY = '__routeArguments__';
const QUERY_SOURCE = /^4:/;

const ANY_QUERY = Symbol('any query');

/** A route that lives with whatever is in its query: machines that call it may add to the address they were given. */
export function AllowAnyQuery(): MethodDecorator & ClassDecorator {
  return SetMetadata(ANY_QUERY, true);
}

/**
 * Refuses a query where a route takes none: what a route takes, its `@Query` checks. Only a `userId` may come with every
 * request of somebody who is signed in; AccessGuard has seen to it that it may be theirs.
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

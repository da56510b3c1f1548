import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isId } from '../ids';
import type { AuthenticatedRequest } from './caller';
import { unknownField } from './request-shape';

/** Where @nestjs/common keeps what a method takes, under keys such as `4:0`: the kind of source, and the place. */
const ARGUMENTS = '__routeArguments__';
const QUERY = /^4:/;

const ANY_QUERY = Symbol('any query');

/** A route that lives with whatever is in its query: machines that call it may add to the address they were given. */
export function AnyQuery(): MethodDecorator & ClassDecorator {
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
    const mayCome = ([name, value]: [string, unknown]) => user && name === 'userId' && isId(value);
    const refused = Object.entries(query as object).find((entry) => !mayCome(entry));
    if (!refused || this.takesQuery(context)) return true;
    throw unknownField(refused[0]);
  }

  private takesQuery(context: ExecutionContext): boolean {
    const [method, controller] = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(ANY_QUERY, [method, controller])) return true;
    const taken = (Reflect.getMetadata(ARGUMENTS, controller, method.name) ?? {}) as object;
    return Object.keys(taken).some((source) => QUERY.test(source));
  }
}

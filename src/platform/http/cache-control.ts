import type { FastifyRequest } from 'fastify';
import { AddRouteConfig } from './route-config';

/** For responses that may hold personal data: no browser or proxy may keep them. */
export const NO_STORE = 'no-store';
/** Clients may keep the response, but must ask again before each use. */
const REVALIDATE = 'no-cache';

/** Lets clients keep the response of a route that is the same for everyone. They may keep no other response. */
export function PublicResponse(): MethodDecorator {
  return AddRouteConfig({ cacheControl: REVALIDATE });
}

export function cacheControlOf({ routeOptions: { config } }: FastifyRequest): string {
  return (config as { cacheControl?: string }).cacheControl ?? NO_STORE;
}

import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';

/** Adds to the config of a route. RouteConfig of Nest replaces what another decorator has set. */
export function AddRouteConfig(config: object): MethodDecorator {
  return (target, name, descriptor) => {
    const existing = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, descriptor.value as object) as
      object | undefined;
    RouteConfig({ ...existing, ...config })(target, name, descriptor);
  };
}

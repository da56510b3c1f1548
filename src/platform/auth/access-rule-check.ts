import { Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS } from './access';

/** Prevents start-up, before anything else starts, if a route has no access rule. */
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
      throw new Error(`These routes have no access rule. Add @Access(…) to each: ${unclassified.join(', ')}`);
    }
  }
}

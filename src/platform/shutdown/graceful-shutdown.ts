import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import { ShutdownSignal } from './shutdown-signal';

/**
 * The first that happens at shutdown: it is told that this task drains, then nobody comes in any more, and who is in
 * is served. Only then does the rest wait for its own work to end: while requests still came in, it never would.
 */
@Injectable()
export class GracefulShutdown implements OnModuleDestroy {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly shutdown: ShutdownSignal,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  async onModuleDestroy(): Promise<void> {
    this.shutdown.start();
    // A one-off command serves nobody.
    if (!this.adapterHost.httpAdapter) return;
    await sleep(this.config.drainSeconds * 1_000);
    await this.adapterHost.httpAdapter.getInstance<FastifyInstance>().close();
  }
}

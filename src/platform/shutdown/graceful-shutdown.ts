import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import { ShutdownSignal } from './shutdown-signal';

/**
 * The first step of shutdown. Sends the shutdown signal, waits for load balancers to stop sending requests, then closes
 * the server, which completes open requests. Other components wait for their work only after that: as long as requests
 * come in, there would always be more.
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
    // A one-off command has no server.
    if (!this.adapterHost.httpAdapter) return;
    await sleep(this.config.drainSeconds * 1_000);
    await this.adapterHost.httpAdapter.getInstance<FastifyInstance>().close();
  }
}

import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { IdleMonitor } from '../idle-monitor';
import { KNOWN_EVENT_TYPES } from './event';
import { EventBus } from './event-bus';
import { Outbox } from './outbox';
import { OutboxRelay } from './outbox-relay';
import { OutboxSweep } from './outbox-sweep';

@Global()
@Module({
  imports: [EventEmitterModule.forRoot(), DiscoveryModule],
  providers: [EventBus, Outbox, OutboxRelay, OutboxSweep],
  exports: [Outbox, OutboxRelay, OutboxSweep],
})
export class EventsModule {
  constructor(idleMonitor: IdleMonitor, sweep: OutboxSweep) {
    idleMonitor.register('outbox', () => sweep.isDrained());
  }

  /** Rows with an event of any other type are deferred until tasks of a newer version process them. */
  static forRoot(knownTypes: ReadonlySet<string>): DynamicModule {
    return { module: EventsModule, providers: [{ provide: KNOWN_EVENT_TYPES, useValue: knownTypes }] };
  }
}

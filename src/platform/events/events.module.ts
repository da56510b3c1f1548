import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { Idleness } from '../idleness';
import { EventBus } from './bus';
import { Outbox } from './outbox';
import { Relay } from './relay';

@Global()
@Module({
  imports: [EventEmitterModule.forRoot(), DiscoveryModule],
  providers: [EventBus, Outbox, Relay],
  exports: [Outbox, Relay],
})
export class EventsModule {
  constructor(idleness: Idleness, relay: Relay) {
    idleness.register('outbox', () => relay.isDrained());
  }
}

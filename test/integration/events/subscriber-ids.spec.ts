import { Injectable, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { Test } from '@nestjs/testing';
import { EventBus } from '../../../src/platform/events/event-bus';
import { ALL_EVENTS, Subscribe } from '../../../src/platform/events/subscribe';

@Injectable()
class FirstSubscriber {
  @Subscribe('order.confirmed', { as: 'first.handle', aliases: ['FirstSubscriber.formerName'] })
  async handle(_event: unknown): Promise<void> {}
}

@Injectable()
class SameIdSubscriber {
  @Subscribe('order.confirmed', { as: 'first.handle' })
  async handle(_event: unknown): Promise<void> {}
}

@Injectable()
class SameAliasSubscriber {
  @Subscribe('order.confirmed', { as: 'alias.handle', aliases: ['FirstSubscriber.formerName'] })
  async handle(_event: unknown): Promise<void> {}
}

@Injectable()
class AllEventsSubscriber {
  @Subscribe(ALL_EVENTS, { as: 'first.handle' })
  async handle(_event: unknown): Promise<void> {}
}

@Injectable()
class OtherEventsSubscriber {
  @Subscribe(['order.placed', 'order.cancelled'], { as: 'first.handle' })
  async handle(_event: unknown): Promise<void> {}
}

describe('subscriber ids', () => {
  const start = async (...providers: Type[]): Promise<void> => {
    const imports = [EventEmitterModule.forRoot(), DiscoveryModule];
    const module = await Test.createTestingModule({ imports, providers: [EventBus, ...providers] }).compile();
    try {
      await module.init();
    } finally {
      await module.close();
    }
  };

  it.each([
    ['an id', [FirstSubscriber, SameIdSubscriber], 'order.confirmed', 'first.handle'],
    ['a former name', [FirstSubscriber, SameAliasSubscriber], 'order.confirmed', 'FirstSubscriber.formerName'],
    ['an id, one for every event', [FirstSubscriber, AllEventsSubscriber], '*', 'first.handle'],
    ['an id, one for every event and first', [AllEventsSubscriber, FirstSubscriber], 'order.confirmed', 'first.handle'],
  ])('prevent the program from starting when two subscribers share %s', async (_, providers, type, name) => {
    await expect(start(...providers)).rejects.toThrow(`Two subscribers of ${type} are called ${name}`);
  });

  it('may be the same for different events', async () => {
    await expect(start(FirstSubscriber, OtherEventsSubscriber)).resolves.toBeUndefined();
  });

  it('are checked by the compiler against the events and their handlers', () => {
    // `npm run types` fails if a marked line is accepted.
    class Mistyped {
      // @ts-expect-error: no such event
      @Subscribe('order.confirmt', { as: 'mistyped.type' })
      async unknownType(_event: unknown): Promise<void> {}

      // @ts-expect-error: this event has no such field
      @Subscribe('order.confirmed', { as: 'mistyped.field' })
      async unknownField(_event: { readonly courierId: string }): Promise<void> {}
    }
    expect(new Mistyped()).toBeInstanceOf(Mistyped);
  });
});

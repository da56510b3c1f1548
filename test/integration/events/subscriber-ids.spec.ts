import { Injectable, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { Test } from '@nestjs/testing';
import { EventBus } from '../../../src/platform/events/event-bus';
import { ALL_EVENTS, Subscribe } from '../../../src/platform/events/subscribe';

@Injectable()
class Clerk {
  @Subscribe('order.confirmed', { as: 'clerk.file', aliases: ['Clerk.note'] })
  async file(_event: unknown): Promise<void> {}
}

@Injectable()
class SecondClerk {
  @Subscribe('order.confirmed', { as: 'clerk.file' })
  async file(_event: unknown): Promise<void> {}
}

@Injectable()
class FormerClerk {
  @Subscribe('order.confirmed', { as: 'former.file', aliases: ['Clerk.note'] })
  async file(_event: unknown): Promise<void> {}
}

@Injectable()
class Archivist {
  @Subscribe(ALL_EVENTS, { as: 'clerk.file' })
  async file(_event: unknown): Promise<void> {}
}

@Injectable()
class Cashier {
  @Subscribe(['order.placed', 'order.cancelled'], { as: 'clerk.file' })
  async file(_event: unknown): Promise<void> {}
}

describe('the ids of subscribers', () => {
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
    ['an id', [Clerk, SecondClerk], 'order.confirmed', 'clerk.file'],
    ['a former name', [Clerk, FormerClerk], 'order.confirmed', 'Clerk.note'],
    ['an id, one for every event', [Clerk, Archivist], '*', 'clerk.file'],
    ['an id, one for every event and first', [Archivist, Clerk], 'order.confirmed', 'clerk.file'],
  ])('keep a program from starting when two share %s', async (_, providers, type, name) => {
    await expect(start(...providers)).rejects.toThrow(`Two subscribers of ${type} are called ${name}`);
  });

  it('may be the same for different events', async () => {
    await expect(start(Clerk, Cashier)).resolves.toBeUndefined();
  });

  it('belong to events of the application and to handlers of them, says the compiler', () => {
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

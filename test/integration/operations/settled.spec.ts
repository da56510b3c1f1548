import { Injectable } from '@nestjs/common';
import type { ProductAdded } from '../../../src/events/product.events';
import { Subscribe } from '../../../src/platform/events/subscribe';
import { IdleMonitor } from '../../../src/platform/idle-monitor';
import { aProduct } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

/** Blocks on every added product until `release`. */
@Injectable()
class BlockingSubscriber {
  release = (): void => {};

  @Subscribe('product.added', { as: 'test.inspect' })
  async block(_event: ProductAdded): Promise<void> {
    await new Promise<void>((resolve) => (this.release = resolve));
  }
}

describe('the settled route', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({}, { providers: [BlockingSubscriber] })));
  afterAll(() => app.stop());

  const settled = () => app.as('ADMIN').get('/admin/settled');

  it('answers at once when no work is left', async () => {
    expect((await settled().expect(200)).body).toEqual({ settled: true });
  });

  it('answers 503 while a subscriber is busy, and 200 once it is done', async () => {
    await aProduct(app, { productId: 'MILK' });
    const { body, headers } = await settled().expect(503);
    expect(body).toMatchObject({ code: 'service.not_settled', detail: expect.stringContaining('outbox') });
    expect(headers['retry-after']).toBe('1');
    setTimeout(app.get<BlockingSubscriber>(BlockingSubscriber).release, 200);
    await settled().expect(200);
    const { body: events } = await app.as('ADMIN').get('/analytics/events').expect(200);
    expect(events).toEqual([expect.objectContaining({ eventType: 'PRODUCT_ADDED', productId: 'MILK' })]);
  });
});

describe('the idle monitor', () => {
  it.each([
    ['one order', ['first', 'second', 'third']],
    ['the reverse order', ['third', 'second', 'first']],
  ])('notices work that moves between components during the check, checked in %s', async (_, order) => {
    const way = ['first', 'second', 'third'];
    let at = 0;
    const idleness = new IdleMonitor();
    for (const part of order) {
      idleness.register(part, async () => {
        if (way[at] === part) return false;
        // The worst moment: the work has just left the component that is checked next.
        const next = order[(order.indexOf(part) + 1) % order.length];
        if (at < way.length - 1 && way[at] === next) at++;
        return true;
      });
    }
    expect(await idleness.findBusyComponent()).toBeDefined();
  });
});

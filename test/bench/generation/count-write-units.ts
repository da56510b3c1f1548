import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { setTimeout as pause } from 'node:timers/promises';
import { RunCoordinator } from '../../../src/modules/generation';
import { Scheduler } from '../../../src/modules/scheduler';
import { createDocumentClient } from '../../../src/platform/dynamo/client';
import { OutboxRelay } from '../../../src/platform/events/outbox-relay';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { TestApp } from '../../support/test-app';
import { WriteUnitCounter } from '../../support/measure/write-units';
import { seed } from './seed';
import type { PaymentMix } from './subscription-set';

/** Tuesday morning in Kolkata, and Tuesday evening, when Wednesday's orders are due. */
const [MORNING, EVENING, WEDNESDAY] = ['2026-12-01T04:30:00Z', '2026-12-01T15:32:00Z', '2026-12-02'] as const;
const POLL_INTERVAL_MILLISECONDS = 100;

/** Write units per order, in total and by table. */
export interface WriteUnitsPerOrder {
  readonly perOrder: number;
  readonly byTable: ReadonlyMap<string, number>;
}

/** Generates orders in this process and counts the units of every write, separately from the timed measurements. */
export async function countWriteUnits(orders: number, payment: PaymentMix): Promise<WriteUnitsPerOrder> {
  const clock = new FixedBusinessClock(MORNING);
  const app = await TestApp.start({ BUSINESS_TIMEZONE: 'Asia/Kolkata' }, { clock });
  try {
    // Disables the relay as without-relay.cjs does; the sweep writes nothing while no row is due.
    Object.assign(app.get<OutboxRelay>(OutboxRelay), { dispatchRow: () => undefined });
    await seed(createDocumentClient(app.get<DynamoDB>(DynamoDB)), app.config.tablePrefix, {
      first: 0,
      count: orders,
      payment,
      from: WEDNESDAY,
    });
    const units = await WriteUnitCounter.start(app, { everything: true });
    clock.set(EVENING);
    await app.get<Scheduler>(Scheduler).runDueTasks();
    await waitUntilComplete(app);
    const byTable = new Map([...units.byTable].map(([table, sum]) => [table, sum / orders]));
    return { perOrder: units.stop() / orders, byTable };
  } finally {
    await app.stop();
  }
}

async function waitUntilComplete(app: TestApp): Promise<void> {
  const generation = app.get<RunCoordinator>(RunCoordinator);
  while ((await generation.get(WEDNESDAY)).status === 'RUNNING') await pause(POLL_INTERVAL_MILLISECONDS);
}

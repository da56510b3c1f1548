import { DynamoDB } from '@aws-sdk/client-dynamodb';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { version } from '../../../package.json';
// Loads all modules, because each module declares its own tables.
import '../../../src/app.module';
import { addDays, addMinutes } from '../../../src/kernel/calendar';
import { declaredTables } from '../../../src/platform/dynamo/table';
import { GenerationAdmin } from '../../chaos/generation-admin';
import { RandomCustomers } from '../../chaos/random-customers';
import { FaultProxy } from '../../support/faults/fault-proxy';
import type { HttpClient } from '../../support/http-client';
import type { Program } from '../../support/program';
import { SeededRandom } from '../../support/seeded-random';
import { TestDairy } from '../../support/fixtures/test-dairy';
import { waitUntil } from '../../support/wait-until';
import { readProgram, readTables, type Release } from './release';

const SUBSCRIPTIONS = 40;
const TIMEOUT_MILLISECONDS = 120_000;
const MILK = 'P-MILK-COW-500';

/** Fills the tables of a dairy with an evening of the current program. */
export async function fillDairy(): Promise<Release> {
  const dairy = await TestDairy.open();
  try {
    return await fill(dairy);
  } finally {
    await dairy.close();
  }
}

async function fill(dairy: TestDairy): Promise<Release> {
  const date = await GenerationAdmin.firstUngeneratedDate(dairy);
  const nextDate = addDays(date, 1);
  // Most of them end on the second date.
  const customers = new RandomCustomers(new SeededRandom(48), nextDate, SUBSCRIPTIONS);
  const { stock } = customers;
  for (const [table, items] of Object.entries(customers.tables)) await dairy.putItems(table, items);
  customers.model.generate(date);
  customers.model.generate(nextDate);

  const program = await dairy.start();
  const customer = dairy.as('CUSTOMER', program);
  const orderId = await deliverOrder(dairy, program, customer);
  assert.equal((await customer.post('/wallet/topup', { amount: 500, paymentMethod: 'UPI' })).status, 201);
  const generation = new GenerationAdmin(dairy, program, TIMEOUT_MILLISECONDS);
  await generation.settled();
  await generation.moveClock(addMinutes(generation.cutoffOf(date), 3));
  assert.equal((await generation.waitForCompletion(date)).status, 'COMPLETED');
  await generation.settled();
  await program.kill('SIGTERM');

  const subscriptionId = await leaveEvents(dairy, customer, nextDate);
  const outcomes = [...customers.model.outcomesOn(nextDate)].map(([{ id = '' }, { outcome }]) => [id, outcome]);
  const client = new DynamoDB({ endpoint: process.env.DYNAMODB_ENDPOINT });
  const tables = await readTables(
    client,
    dairy.prefix,
    declaredTables().map(({ name }) => name),
  );
  client.destroy();
  return {
    version,
    program: readProgram(join(__dirname, '../../../dist')),
    tables,
    stoppedAt: addMinutes(generation.cutoffOf(date), 5),
    stoppedAtReal: Date.now(),
    date: nextDate,
    outcomes: { ...Object.fromEntries(outcomes), [subscriptionId]: 'ORDERED' },
    stock,
    orderId,
  };
}

/** An order that is delivered, so that it has an invoice. */
async function deliverOrder(dairy: TestDairy, program: Program, customer: HttpClient): Promise<string> {
  const orderId = await placeOrder(customer, program);
  await dairy.settled(program);
  const admin = dairy.as('ADMIN', program);
  assert.equal((await admin.patch('/admin/order/status', { orderId, status: 'PACKED' })).status, 200);
  const { delivery } = (await customer.get('/order/track', { orderId })).body;
  for (const status of ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED']) {
    const { deliveryId } = delivery;
    assert.equal((await admin.patch('/delivery/update', { deliveryId, status })).status, 200);
    await dairy.settled(program);
  }
  return orderId;
}

async function placeOrder(customer: HttpClient, program: Program): Promise<string> {
  const deliverySlot = new Date(Date.now() + 36 * 3_600_000).toISOString();
  const order = { cartItems: [{ productId: MILK, qty: 2 }], deliverySlot, address: '12 Dairy Lane' };
  const { status, body } = await customer.at(program).post('/order/create', order);
  assert.equal(status, 201);
  const { orderId, amount } = body as { orderId: string; amount: number };
  const payment = { orderId, amount, paymentMethod: 'COD' };
  assert.equal((await customer.at(program).post('/payment/pay', payment)).status, 201);
  return orderId;
}

/** Serves while no queue takes messages, and is killed. Events that some subscribers have missed stay in the outbox. */
async function leaveEvents(dairy: TestDairy, customer: HttpClient, startDate: string): Promise<string> {
  let isBroken = false;
  const proxy = await FaultProxy.start(process.env.SQS_ENDPOINT as string, () =>
    isBroken ? 'unavailable' : 'answered',
  );
  const endpoints = { SQS_ENDPOINT: proxy.url, SNS_ENDPOINT: proxy.url };
  const program = await dairy.start({ ...endpoints, APP_ROLES: 'api' });
  isBroken = true;
  await placeOrder(customer, program);
  const { status, body } = await customer.at(program).post('/order/subscribe', {
    ...{ items: [{ productId: 'MILK', qty: 1 }], frequency: 'DAILY', startDate, deliverySlot: '06:30' },
    ...{ paymentMethod: 'COD', address: '12 Dairy Lane' },
  });
  assert.equal(status, 201, JSON.stringify(body));
  await waitUntil('events to fail', async () => {
    const rows = await dairy.allStored<{ failed?: readonly object[] }>('Outbox');
    return rows.length > 0 && rows.every(({ failed = [] }) => failed.length > 0);
  });
  await program.kill();
  await proxy.stop();
  return body.subscriptionId as string;
}

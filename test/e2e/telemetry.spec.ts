import { type CollectedSpan, OtlpCollector } from '../support/fakes/otlp-collector';
import { TestDairy } from '../support/fixtures/test-dairy';
import { waitUntil } from '../support/wait-until';

jest.setTimeout(180_000);

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const CLIENT_SPAN_ID = 'b7ad6b7169203331';

describe('traces and metrics', () => {
  let dairy: TestDairy;
  let collector: OtlpCollector;
  beforeAll(async () => {
    [dairy, collector] = await Promise.all([TestDairy.open(), OtlpCollector.start()]);
  });
  afterAll(async () => {
    await dairy.close();
    await collector.stop();
  });

  it('show a purchase as one trace across outbox and queues, and are complete after shutdown', async () => {
    const program = await dairy.start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      METRICS_NAMESPACE: 'Milkround',
      LOG_LEVEL: 'info',
    });
    const customer = dairy.as('CUSTOMER', program);
    const headers = { traceparent: `00-${TRACE_ID}-${CLIENT_SPAN_ID}-01` };
    const [product] = (await customer.get('/product/list')).body as { productId: string }[];
    await customer.post('/cart/add', { productId: product?.productId, qty: 1 });
    const order = { deliverySlot: tomorrowAtSix(), address: '12 Dairy Lane' };
    const created = await customer.post('/order/create', order, headers);
    expect(created.status).toBe(201);
    await customer.get('/notification/unsubscribe', { token: 'token-of-a-mail' });
    await dairy.settled(program);
    await dairy.as('ADMIN', program).put('/admin/clock', { now: new Date(Date.now() + 60_000).toISOString() });

    const gauges = ['OutboxOldest', 'GenerationOverdue'];
    await waitUntil('the gauges', async () => gauges.every((name) => program.output.includes(`"${name}":`)));
    const line = program.output.split('\n').find((text) => text.includes('"OutboxOldest":')) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          { Namespace: 'Milkround', Dimensions: [[]], Metrics: [{ Name: 'OutboxOldest', Unit: 'Seconds' }] },
        ],
      },
      OutboxOldest: expect.any(Number),
    });

    await program.kill('SIGTERM');
    const traced = collector.spans.filter(({ traceId }) => traceId === TRACE_ID);
    const path = (name: string) => pathTo(traced, name);
    expect(path('DynamoDB.TransactWriteItems')).toEqual(['POST /order/create', 'DynamoDB.TransactWriteItems']);
    const message = `message ${dairy.prefix}analytics`;
    expect(path(message)?.slice(0, 2)).toEqual(['POST /order/create', 'event order.placed']);
    expect(path(message)?.at(-1)).toBe(message);
    expect(traced.find(({ name }) => name === 'POST /order/create')?.parentSpanId).toBe(CLIENT_SPAN_ID);
    expect(collector.spans.map(({ name }) => name)).toContain('GET /notification/unsubscribe');
    expect(JSON.stringify(collector.spans)).not.toContain('token-of-a-mail');
    // Background work, such as polling queues, starts no trace.
    expect(collector.spans.map(({ name }) => name)).not.toContain('SQS.ReceiveMessage');
    expect([...collector.metrics]).toEqual(expect.arrayContaining(gauges));
  });
});

/** The names of the spans from the root to the first span of a name; undefined when there is none. */
function pathTo(spans: readonly CollectedSpan[], name: string): string[] | undefined {
  let span = spans.find((one) => one.name === name);
  if (!span) return undefined;
  const path: string[] = [];
  for (; span; span = spans.find(({ spanId }) => spanId === span?.parentSpanId)) path.unshift(span.name);
  return path;
}

function tomorrowAtSix(): string {
  return `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T06:00:00+05:30`;
}

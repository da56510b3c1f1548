import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Batcher } from '../../../platform/batcher';
import { javaScriptDateOf } from '../../../platform/clock';
import type { PlatformSettings } from '../../../platform/config/platform.settings';
import { traceAwsCalls } from '../../../platform/telemetry/aws-tracing';
import type { IntegrationEvent } from '../domain/integration-event';

const SOURCE = 'milkround';
/** Two limits of EventBridge for one request. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1024;
/** EventBridge counts a time as that many bytes. */
const TIME_BYTES = 14;
const BATCH_WINDOW_MILLISECONDS = 50;
/** A bus that does not respond must not block the outbox or the shutdown. The outbox retries. */
const CALLS = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};

/** Publishes events to an EventBridge bus. Events within 50 ms share a request. */
export class EventBridgePublisher implements OnApplicationShutdown {
  private readonly client: EventBridgeClient;
  private readonly batcher = new Batcher<PutEventsRequestEntry>((entries) => this.putBatch(entries), {
    maxSize: MAX_ENTRIES,
    windowMilliseconds: BATCH_WINDOW_MILLISECONDS,
  });

  constructor(
    private readonly busName: string,
    config: PlatformSettings,
    private readonly onRefused: (events: number) => void,
  ) {
    const { region, endpoints } = config;
    const client = new EventBridgeClient({ region, endpoint: endpoints.events, ...CALLS });
    this.client = traceAwsCalls(client, config);
  }

  /** Resolves when the bus has the event. */
  async publish(event: IntegrationEvent): Promise<void> {
    await this.batcher.add({
      EventBusName: this.busName,
      Source: SOURCE,
      DetailType: event.type,
      Time: javaScriptDateOf(event.occurredAt),
      Detail: JSON.stringify(event),
    });
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }

  private async putBatch(entries: readonly PutEventsRequestEntry[]): Promise<(Error | undefined)[]> {
    const results = (await Promise.all(requestsOf(entries).map((request) => this.put(request)))).flat();
    const refused = results.filter((error) => error !== undefined).length;
    if (refused > 0) this.onRefused(refused);
    return results;
  }

  /** The error of each entry. A response can accept some entries and refuse others. */
  private async put(entries: PutEventsRequestEntry[]): Promise<(Error | undefined)[]> {
    try {
      const { Entries: results = [] } = await this.client.send(new PutEventsCommand({ Entries: entries }));
      return entries.map((_, index) => {
        const { EventId: eventId, ErrorCode: code, ErrorMessage: message } = results[index] ?? {};
        return eventId ? undefined : new Error(`EventBridge refused an event: ${code ?? 'no result'} ${message ?? ''}`);
      });
    } catch (error) {
      return entries.map(() => error as Error);
    }
  }
}

/** Divides entries into requests of a size that EventBridge takes. An entry that is too large has a request of its own. */
function requestsOf(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const requests: PutEventsRequestEntry[][] = [];
  let bytes = Infinity;
  for (const entry of entries) {
    const size = sizeOf(entry);
    if (bytes + size > MAX_BYTES) {
      requests.push([]);
      bytes = 0;
    }
    requests.at(-1)?.push(entry);
    bytes += size;
  }
  return requests;
}

/** As EventBridge counts it. */
function sizeOf({
  Source: source = '',
  DetailType: detailType = '',
  Detail: detail = '',
}: PutEventsRequestEntry): number {
  return TIME_BYTES + [source, detailType, detail].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

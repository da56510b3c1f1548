import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { randomBytes } from 'node:crypto';
import schemas from '../../docs/events.json';

/** An event as the emulator of EventBridge has taken it. */
export interface StoredEvent {
  readonly source: string;
  readonly detailType: string;
  /** Epoch seconds. */
  readonly time: number;
  readonly detail: Readonly<Record<string, unknown>> & { readonly eventId: string };
  /** The number of the request. */
  readonly request: number;
}

const EMULATOR = process.env.EVENTS_ENDPOINT ?? '';

/** A bus of its own at the emulator of EventBridge. */
export class EventBusFixture {
  readonly name = `bus-${randomBytes(5).toString('hex')}`;

  async stored(): Promise<StoredEvent[]> {
    return (await (await fetch(`${EMULATOR}/store?bus=${this.name}`)).json()) as StoredEvent[];
  }

  /** The events on all buses. */
  static async storedAnywhere(): Promise<StoredEvent[]> {
    return (await (await fetch(`${EMULATOR}/store`)).json()) as StoredEvent[];
  }

  async typesOf(): Promise<string[]> {
    return (await this.stored()).map(({ detailType }) => detailType);
  }

  /** The number of requests so far, also of those that failed. */
  async attempts(): Promise<number> {
    return (await (await fetch(`${EMULATOR}/attempts?bus=${this.name}`)).json()) as number;
  }

  /** What goes wrong from now on. Without an argument, nothing. */
  async break(faults: { unavailable?: boolean; hangs?: boolean; refusedType?: string } = {}): Promise<void> {
    await fetch(`${EMULATOR}/faults`, { method: 'POST', body: JSON.stringify({ bus: this.name, ...faults }) });
  }
}

/** What is wrong with events by the schemas in docs/events.json, which here allow no unknown field. */
export function violationsOf(events: readonly StoredEvent[]): unknown[] {
  const ajv = new Ajv({ strict: true, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(withoutUnknownFields(schemas) as object, 'events');
  return events.flatMap(({ detailType, detail }): unknown[] => {
    const validate = ajv.getSchema(`events#/$defs/${detailType}`);
    if (!validate) return [`${detailType} has no schema`];
    return validate(detail) === true ? [] : (validate.errors ?? []).map((error) => ({ detailType, ...error }));
  });
}

function withoutUnknownFields(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutUnknownFields);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, withoutUnknownFields(value)]));
  return 'properties' in schema && 'type' in schema ? { additionalProperties: false, ...inner } : inner;
}

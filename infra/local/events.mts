// Emulates the one call of EventBridge that the program makes, PutEvents, with its limits. GET /store?bus=… returns the events
// that a bus has taken. POST /faults makes a bus refuse events, to try out what happens then.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { LISTEN_HOST } from './host.mts';

const MAX_STORED = 5_000;
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1024;
const TIME_BYTES = 14;

interface Entry {
  readonly EventBusName?: string;
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Time?: number;
}

interface StoredEvent {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly time: number | undefined;
  readonly detail: unknown;
  /** Requests are numbered, to see which events came together. */
  readonly request: number;
}

/** What goes wrong at a bus, until it is changed. */
interface Faults {
  /** Every request is answered with 503. */
  readonly unavailable?: boolean;
  /** No request is answered. */
  readonly hangs?: boolean;
  /** Entries of this type are refused, while others in the same request are taken. */
  readonly refusedType?: string;
}

let stored: StoredEvent[] = [];
let requests = 0;
const faults = new Map<string, Faults>();
/** The number of requests to each bus, also of those that failed. */
const attempts = new Map<string, number>();

createServer((request, response) => {
  handle(request, response).catch(() => response.destroy());
}).listen(Number(process.argv[2]), LISTEN_HOST);

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  switch (`${request.method} ${pathname}`) {
    case 'GET /store': {
      const bus = searchParams.get('bus');
      response.end(JSON.stringify(stored.filter((event) => bus === null || event.bus === bus)));
      return;
    }
    case 'GET /attempts':
      response.end(JSON.stringify(attempts.get(searchParams.get('bus') ?? '') ?? 0));
      return;
    case 'POST /faults': {
      const { bus, ...fault } = (await json(request)) as Faults & { bus: string };
      faults.set(bus, fault);
      response.writeHead(204).end();
      return;
    }
    case 'POST /':
      if (request.headers['x-amz-target'] !== 'AWSEvents.PutEvents')
        return refuse(response, 'UnknownOperationException');
      putEvents(((await json(request)) as { Entries?: Entry[] }).Entries ?? [], response);
      return;
    default:
      response.writeHead(404).end();
  }
}

function putEvents(entries: readonly Entry[], response: ServerResponse): void {
  const buses = new Set(entries.map(({ EventBusName: bus = 'default' }) => bus));
  for (const bus of buses) attempts.set(bus, (attempts.get(bus) ?? 0) + 1);
  if ([...buses].some((bus) => faults.get(bus)?.hangs)) return;
  if ([...buses].some((bus) => faults.get(bus)?.unavailable)) {
    response.writeHead(503).end(JSON.stringify({ __type: 'InternalException', message: 'Unavailable' }));
    return;
  }
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (entries.length < 1 || entries.length > MAX_ENTRIES || bytes > MAX_BYTES) {
    return refuse(response, 'ValidationException', `${entries.length} entries with ${bytes} bytes`);
  }
  requests += 1;
  const results = entries.map((entry) => put(entry));
  const failed = results.filter((result) => 'ErrorCode' in result).length;
  response.end(JSON.stringify({ FailedEntryCount: failed, Entries: results }));
}

function put({
  EventBusName: bus = 'default',
  Source: source = '',
  DetailType: detailType = '',
  Detail,
  Time: time,
}: Entry) {
  if (faults.get(bus)?.refusedType === detailType) {
    return { ErrorCode: 'ThrottlingException', ErrorMessage: 'Refused by the emulator' };
  }
  if (source === '' || detailType === '') return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Source or DetailType' };
  const detail = parsed(Detail);
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  stored = [...stored, { bus, source, detailType, time, detail, request: requests }].slice(-MAX_STORED);
  return { EventId: randomUUID() };
}

function parsed(text = ''): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function sizeOf({ Source = '', DetailType = '', Detail = '', Time }: Entry): number {
  const texts = [Source, DetailType, Detail].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return texts + (Time === undefined ? 0 : TIME_BYTES);
}

function refuse(response: ServerResponse, type: string, message = 'Refused by the emulator'): void {
  response.writeHead(400).end(JSON.stringify({ __type: type, message }));
}

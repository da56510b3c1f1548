import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { close, listen, urlOf } from './local-server';

/** A call is processed but its response is lost; it never arrives; or it fails with 500 before anything is done. */
type Fault = 'response-lost' | 'request-lost' | 'server-error';
type Route = 'create' | 'confirm' | 'retrieve' | 'cancel' | 'list' | 'refund' | 'refunds' | 'disputes';

export interface FakeIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly created: number;
  readonly client_secret: string;
  readonly amount: number;
  readonly currency: string;
  readonly allowed_payment_method_types: readonly string[];
  readonly metadata: Record<string, string>;
  status: string;
  amount_received: number;
  latest_charge: FakeCharge | null;
  last_payment_error: object | null;
}

export interface FakeCharge {
  readonly id: string;
  readonly object: 'charge';
  readonly payment_intent: string;
  amount_refunded: number;
  disputed: boolean;
  /** Only sent if expanded. */
  readonly refunds: { readonly object: 'list'; readonly data: FakeRefund[]; readonly has_more: boolean };
}

export interface FakeRefund {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly charge: string;
  readonly payment_intent: string;
  status: string;
  failure_reason?: string;
}

export interface FakeDispute {
  readonly id: string;
  readonly object: 'dispute';
  readonly amount: number;
  readonly charge: string;
  readonly payment_intent: string;
  readonly created: number;
  readonly reason: string;
  readonly evidence_details: { readonly due_by: number | null };
  status: string;
  /** Money taken from the dairy is negative, money given back positive. */
  balance_transactions: { readonly amount: number }[];
}

interface FakeResponse {
  readonly status: number;
  readonly body: object;
}

/** Cards, by the id of their PaymentMethod. */
const CARDS: Record<string, (intent: FakeIntent) => FakeResponse> = {
  pm_ok: (intent) => ({ status: 200, body: markCharged(intent) }),
  pm_declined: (intent) => decline(intent, 'insufficient_funds'),
  pm_stolen: (intent) => decline(intent, 'stolen_card'),
  pm_asks: (intent) => ({ status: 200, body: Object.assign(intent, { status: 'requires_action' }) }),
  pm_processing: (intent) => ({ status: 200, body: Object.assign(intent, { status: 'processing' }) }),
};

const CANCELLABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
const CONFIRMABLE = ['requires_payment_method', 'requires_confirmation'];

/**
 * The part of Stripe that the adapter uses. Like Stripe, it stores the response of every idempotency key, failures
 * included, replays it, and refuses a key that is reused with other parameters.
 */
export class StripeFake {
  readonly intents: FakeIntent[] = [];
  readonly disputes: FakeDispute[] = [];
  /** The calls received, lost ones included: `create`, `confirm`, … */
  readonly calls: Route[] = [];
  refunds = 0;
  private readonly savedResponses = new Map<string, FakeResponse & { request: string }>();
  private readonly faults = new Map<Route, Fault>();
  /** Runs before each call is handled; may delay it. */
  beforeCall: (route: Route) => Promise<void> | void = () => {};

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.handle(request, response));
  }

  static async start(): Promise<StripeFake> {
    const server = await listen(createServer());
    return new StripeFake(server);
  }

  async stop(): Promise<void> {
    await close(this.server);
  }

  get url(): string {
    return urlOf(this.server);
  }

  /** Applies until `recover`. */
  failOn(route: Route, fault: Fault): void {
    this.faults.set(route, fault);
  }

  recover(): void {
    this.faults.clear();
    this.beforeCall = () => {};
  }

  /** Forgets all idempotency keys, as Stripe does after 24 hours. */
  expireKeys(): void {
    this.savedResponses.clear();
  }

  /** The payments of all charges that were not refunded, one entry per charge. */
  get chargedPaymentIds(): string[] {
    return this.intents.filter(isCharged).map(({ metadata }) => metadata.paymentId ?? '');
  }

  intentOf(paymentId: string): FakeIntent {
    const [intent, ...others] = this.intents.filter(({ metadata }) => metadata.paymentId === paymentId);
    if (!intent || others.length > 0) throw new Error(`${paymentId} has ${others.length + Number(!!intent)} intents`);
    return intent;
  }

  /** Completes a payment after the customer's authentication or the bank's decision. */
  succeed(paymentId: string): void {
    markCharged(this.intentOf(paymentId));
  }

  /** A refund made by hand in the dashboard. */
  refundByHand(paymentId: string, amount: number): FakeRefund {
    const charge = this.chargeOf(paymentId);
    const refund: FakeRefund = {
      id: `re_${++this.refunds}`,
      object: 'refund',
      amount,
      charge: charge.id,
      payment_intent: charge.payment_intent,
      status: 'succeeded',
    };
    // The newest is first.
    charge.refunds.data.unshift(refund);
    charge.amount_refunded += amount;
    return refund;
  }

  /** The bank returns a refund. The charge can then be refunded again. */
  failRefund(paymentId: string): FakeRefund {
    const charge = this.chargeOf(paymentId);
    const refund = charge.refunds.data[0];
    if (!refund) throw new Error(`${paymentId} has no refund`);
    charge.amount_refunded -= refund.amount;
    return Object.assign(refund, { status: 'failed', failure_reason: 'expired_or_canceled_card' });
  }

  /** The cardholder disputes a charge, and the bank withdraws the money. */
  dispute(paymentId: string, { status = 'needs_response' } = {}): FakeDispute {
    const { latest_charge: charge, amount, id } = this.intentOf(paymentId);
    const dispute: FakeDispute = {
      id: `dp_${this.disputes.length + 1}`,
      object: 'dispute',
      amount,
      charge: charge?.id ?? '',
      payment_intent: id,
      created: Math.floor(Date.now() / 1000),
      reason: 'product_not_received',
      evidence_details: { due_by: Math.floor(Date.now() / 1000) + 9 * 24 * 3_600 },
      status,
      balance_transactions: [{ amount: -amount }],
    };
    this.disputes.push(dispute);
    this.chargeOf(paymentId).disputed = true;
    return dispute;
  }

  private chargeOf(paymentId: string): FakeCharge {
    const { latest_charge: charge } = this.intentOf(paymentId);
    if (!charge) throw new Error(`${paymentId} is not charged`);
    return charge;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stripe');
    const form = request.method === 'POST' ? new URLSearchParams(await text(request)) : searchParams;
    const [route, id] = routeOf(request.method, pathname);
    this.calls.push(route);
    await this.beforeCall(route);
    const fault = this.faults.get(route);
    if (fault === 'request-lost') return void request.socket.destroy();
    const key = request.headers['idempotency-key'] as string | undefined;
    const { status, body } = this.replayOrRun(key, `${route} ${pathname} ${form.toString()}`, () =>
      fault === 'server-error' ? failure(500, { type: 'api_error' }) : this.respond(route, id, form),
    );
    if (fault === 'response-lost') return void request.socket.destroy();
    const expandsRefunds = form.get('expand[0]')?.endsWith('latest_charge.refunds');
    response.writeHead(status, { 'content-type': 'application/json', 'request-id': `req_${this.calls.length}` });
    response.end(
      JSON.stringify(body, (name, value: unknown) => (name === 'refunds' && !expandsRefunds ? undefined : value)),
    );
  }

  /** Like Stripe, does not store requests that fail validation. */
  private replayOrRun(key: string | undefined, request: string, work: () => FakeResponse): FakeResponse {
    const previous = key === undefined ? undefined : this.savedResponses.get(key);
    if (previous && previous.request !== request) return failure(400, { type: 'idempotency_error' });
    if (previous) return previous;
    const response = structuredClone(work());
    if (key !== undefined && response.status !== 400) this.savedResponses.set(key, { ...response, request });
    return response;
  }

  private respond(route: Route, id: string, form: URLSearchParams): FakeResponse {
    if (route === 'create') return this.create(form);
    if (route === 'list') return this.list(form);
    if (route === 'refunds') return listOf(this.refundsOf(form.get('charge')));
    if (route === 'disputes') return listOf(this.disputes.filter(({ charge }) => charge === form.get('charge')));
    const intent = this.intents.find((one) => one.id === (route === 'refund' ? form.get('payment_intent') : id));
    if (!intent) return failure(404, { code: 'resource_missing' });
    if (route === 'confirm') return confirm(intent, form.get('payment_method') ?? '');
    if (route === 'cancel') return cancel(intent);
    if (route === 'refund') return this.refund(intent);
    return { status: 200, body: intent };
  }

  private create(form: URLSearchParams): FakeResponse {
    const amount = Number(form.get('amount'));
    if (amount < 50) return failure(400, { code: 'amount_too_small' });
    const id = `pi_${this.intents.length + 1}`;
    const intent: FakeIntent = {
      id,
      object: 'payment_intent',
      created: Math.floor(Date.now() / 1000),
      client_secret: `${id}_secret_1`,
      amount,
      currency: form.get('currency') ?? '',
      allowed_payment_method_types: form.getAll('allowed_payment_method_types[0]'),
      metadata: { paymentId: form.get('metadata[paymentId]') ?? '' },
      status: 'requires_payment_method',
      amount_received: 0,
      latest_charge: null,
      last_payment_error: null,
    };
    this.intents.push(intent);
    return { status: 200, body: intent };
  }

  private list(form: URLSearchParams): FakeResponse {
    const found = this.intents
      .toReversed()
      .filter(({ created }) => created >= Number(form.get('created[gte]') ?? 0))
      .filter(({ created }) => created <= Number(form.get('created[lte]') ?? Infinity));
    const start = found.findIndex(({ id }) => id === form.get('starting_after')) + 1;
    const data = found.slice(start, start + Number(form.get('limit')));
    return { status: 200, body: { object: 'list', data, has_more: start + data.length < found.length } };
  }

  private refund(intent: FakeIntent): FakeResponse {
    if (!isCharged(intent)) return failure(400, { code: 'charge_already_refunded' });
    if (intent.latest_charge?.disputed) return failure(400, { code: 'charge_disputed' });
    const left = intent.amount - (intent.latest_charge?.amount_refunded ?? 0);
    return { status: 200, body: this.refundByHand(intent.metadata.paymentId ?? '', left) };
  }

  private refundsOf(charge: string | null): FakeRefund[] {
    return this.intents.find(({ latest_charge: latest }) => latest?.id === charge)?.latest_charge?.refunds.data ?? [];
  }
}

function routeOf(method = 'GET', pathname: string): [Route, string] {
  const [, , resource, id = '', action = ''] = pathname.split('/');
  if (resource === 'disputes') return ['disputes', ''];
  if (resource === 'refunds') return [method === 'GET' ? 'refunds' : 'refund', ''];
  if (method === 'GET') return [id ? 'retrieve' : 'list', id];
  return [action ? (action as Route) : 'create', id];
}

function listOf(data: object[]): FakeResponse {
  return { status: 200, body: { object: 'list', data, has_more: false } };
}

function isCharged({ status, amount, latest_charge: charge }: FakeIntent): boolean {
  return status === 'succeeded' && charge?.amount_refunded !== amount;
}

function markCharged(intent: FakeIntent): FakeIntent {
  const latest_charge: FakeCharge = {
    id: `ch_${intent.id}`,
    object: 'charge',
    payment_intent: intent.id,
    amount_refunded: 0,
    disputed: false,
    refunds: { object: 'list', data: [], has_more: false },
  };
  return Object.assign(intent, { status: 'succeeded', amount_received: intent.amount, latest_charge });
}

function confirm(intent: FakeIntent, card: string): FakeResponse {
  if (!CONFIRMABLE.includes(intent.status)) return failure(400, { code: 'payment_intent_unexpected_state' });
  return CARDS[card]?.(intent) ?? failure(400, { code: 'resource_missing', param: 'payment_method' });
}

/** Contains the names and secrets that Stripe also puts into its errors. */
function decline(intent: FakeIntent, decline_code: string): FakeResponse {
  const error = { type: 'card_error', code: 'card_declined', decline_code, message: 'Jimmy’s card was declined.' };
  Object.assign(intent, { status: 'requires_payment_method', last_payment_error: error });
  return failure(402, { ...error, payment_intent: intent });
}

function cancel(intent: FakeIntent): FakeResponse {
  if (!CANCELLABLE.includes(intent.status)) return failure(400, { code: 'payment_intent_unexpected_state' });
  return { status: 200, body: Object.assign(intent, { status: 'canceled' }) };
}

function failure(status: number, error: object): FakeResponse {
  return { status, body: { error: { type: 'invalid_request_error', message: 'no', ...error } } };
}

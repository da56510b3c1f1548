import type { IncomingHttpHeaders } from 'node:http';
import Stripe from 'stripe';
import { createdAtOf, isId, type PaymentId } from '../../../kernel/ids';
import type { Clock } from '../../../platform/clock';
import type { StripeConfig } from '../../../platform/config/config';
import { InvalidRequest } from '../../../platform/errors';
import type { GatewayMethod } from '../payment';
import { TokenRequired, WebhookRefused } from '../payment.errors';
import { type Booked, type Charge, type Notice, PaymentGateway, type Sought, type Verdict } from '../payment.gateway';
import { failureOf, reasonOf, StripeInDoubt, StripeRefused } from './stripe.failure';

type Intent = Stripe.PaymentIntent;

const TYPES = { CARD: 'card', UPI: 'upi' } as const satisfies Record<GatewayMethod, string>;
const EVENTS = ['succeeded', 'payment_failed', 'canceled', 'processing'].map((event) => `payment_intent.${event}`);

/** Together less than a customer waits: an intent is made within a moment, a bank takes its time. */
const CALL = { timeout: 3_000, maxNetworkRetries: 1 };
const CONFIRMATION = { timeout: 6_000, maxNetworkRetries: 0 };
const PAGE = 100;

/** Minutes of a payment's age. Whoever comes to an intent later than this does not confirm it any more. */
const CONFIRMED_WITHIN = 5;
/** So from now on, an intent that is not there will never be charged. */
const ABSENCE_IS_FINAL = 10;
/** Stripe keeps idempotency keys for 24 hours. */
const KEYS_LIVE = 23 * 60;
/** How long a customer may take to satisfy their bank; as long as an order waits for a pending payment. */
const CUSTOMER_MAY_TAKE = 60;

/**
 * Money by way of Stripe. Every payment has one PaymentIntent, made without a charge and then confirmed, both under keys
 * derived from the payment: so it can be found again, and cancelled, whatever was lost on the way.
 */
export class StripeGateway extends PaymentGateway {
  private readonly stripe: Stripe;
  private readonly webhookSecret: string;

  constructor(
    settings: StripeConfig,
    private readonly currency: string,
    private readonly clock: Clock,
  ) {
    super();
    this.webhookSecret = settings.webhookSecret;
    this.stripe = new Stripe(settings.secretKey, { ...CALL, telemetry: false, ...addressOf(settings.apiUrl) });
  }

  override check(token: string | undefined): void {
    if (token === undefined) throw new TokenRequired();
  }

  override async charge(charge: Charge): Promise<Verdict> {
    const intent = await this.create(charge).catch(refusal);
    if (intent instanceof StripeRefused) return { status: 'FAILED', reason: intent.reason };
    if (this.ageOf(charge.paymentId) > CONFIRMED_WITHIN) return this.close(intent.id);
    const confirmed = await this.confirm(intent.id, charge).catch(refusal);
    return confirmed instanceof StripeRefused ? this.close(intent.id, confirmed.reason) : verdictOf(confirmed);
  }

  override async conclude(sought: Sought): Promise<Verdict> {
    const intent = await this.find(sought);
    if (!intent) return { status: 'FAILED', reason: 'NOT_CHARGED' };
    const isAbandoned = intent.status === 'requires_action' && this.ageOf(sought.paymentId) > CUSTOMER_MAY_TAKE;
    const isUncharged = ['requires_payment_method', 'requires_confirmation'].includes(intent.status);
    return isAbandoned || isUncharged ? this.close(intent.id) : verdictOf(intent);
  }

  override async refund(sought: Sought): Promise<void> {
    const id = sought.reference ?? (await this.find(sought))?.id;
    if (!id) throw new StripeInDoubt(`Stripe knows nothing of ${sought.paymentId}, which is to be given back`);
    const key = { idempotencyKey: `refund-${sought.paymentId}` };
    const refunded = await told(this.stripe.refunds.create({ payment_intent: id }, key)).catch(refusal);
    if (refunded instanceof StripeRefused && refunded.code !== 'charge_already_refunded') throw refunded;
  }

  override read(rawBody: Buffer, { 'stripe-signature': signature }: IncomingHttpHeaders): Notice {
    const event = this.verified(rawBody, String(signature)) as unknown as Partial<Stripe.Event> | null;
    if (!isId(event?.id)) throw new InvalidRequest([{ field: 'body', message: 'a webhook has an id' }]);
    if (!EVENTS.includes(event.type ?? '')) return { noticeId: event.id };
    const { metadata } = (event.data?.object ?? {}) as Partial<Intent>;
    return { noticeId: event.id, paymentId: isId(metadata?.paymentId) ? metadata.paymentId : undefined };
  }

  override async *charges(): AsyncGenerator<Booked> {
    for await (const intent of this.list({})) {
      const booked = bookedOf(intent);
      if (booked) yield booked;
    }
  }

  override async chargeOf(sought: Sought): Promise<Booked | undefined> {
    const intent = await (sought.reference ? this.retrieve(sought.reference) : this.search(sought.paymentId));
    return intent && bookedOf(intent);
  }

  /** The parameters are the same whoever asks: a key that comes with others is refused. */
  private create({ paymentId, amount, method }: Sought): Promise<Intent> {
    return told(
      this.stripe.paymentIntents.create(
        {
          amount,
          currency: this.currency.toLowerCase(),
          allowed_payment_method_types: [TYPES[method]],
          metadata: { paymentId },
        },
        { idempotencyKey: `create-${paymentId}` },
      ),
    );
  }

  private confirm(id: string, { paymentId, token }: Charge): Promise<Intent> {
    const key = { idempotencyKey: `confirm-${paymentId}`, ...CONFIRMATION };
    return told(this.stripe.paymentIntents.confirm(id, { payment_method: token, use_stripe_sdk: true }, key));
  }

  private retrieve(id: string): Promise<Intent> {
    return told(this.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] }));
  }

  /** Sees to it that an intent is never charged; one that has been, or is being, stays as it is. */
  private async close(id: string, reason?: string): Promise<Verdict> {
    const cancelled = await told(this.stripe.paymentIntents.cancel(id)).catch(refusal);
    return verdictOf(cancelled instanceof StripeRefused ? await this.retrieve(id) : cancelled, reason);
  }

  /** The intent of a payment; when there is none, an empty one, so that nobody makes another; undefined is final. */
  private async find(sought: Sought): Promise<Intent | undefined> {
    if (sought.reference) return this.retrieve(sought.reference);
    const age = this.ageOf(sought.paymentId);
    if (age < KEYS_LIVE) {
      try {
        // A repeated create is answered as the first was, a failure too: not with how the intent is now.
        return await this.retrieve((await this.create(sought)).id);
      } catch (error) {
        if (age < ABSENCE_IS_FINAL) throw error;
      }
    }
    return this.search(sought.paymentId);
  }

  /** Looks among the intents of the time when a payment was made; Stripe's own search is not for merchants in India. */
  private async search(paymentId: PaymentId): Promise<Intent | undefined> {
    const at = Math.floor(createdAtOf(paymentId) / 1000);
    const around = ABSENCE_IS_FINAL * 60;
    for await (const intent of this.list({ created: { gte: at - around, lte: at + around } })) {
      if (intent.metadata.paymentId === paymentId) return intent;
    }
    return undefined;
  }

  private async *list(wanted: Stripe.PaymentIntentListParams): AsyncGenerator<Intent> {
    const page = { ...wanted, limit: PAGE, expand: ['data.latest_charge'] };
    try {
      yield* this.stripe.paymentIntents.list(page);
    } catch (error) {
      throw failureOf(error);
    }
  }

  private verified(rawBody: Buffer, signature: string): Stripe.Event {
    try {
      const now = this.clock.realNow();
      return this.stripe.webhooks.constructEvent(rawBody, signature, this.webhookSecret, undefined, undefined, now);
    } catch (error) {
      // Verified, and yet no JSON: a 400 like any other.
      throw error instanceof SyntaxError ? error : new WebhookRefused();
    }
  }

  /** In minutes of real time. */
  private ageOf(paymentId: PaymentId): number {
    return (this.clock.realNow() - createdAtOf(paymentId)) / 60_000;
  }
}

function addressOf(apiUrl: string | undefined): Stripe.StripeConfig {
  if (apiUrl === undefined) return {};
  const { hostname, port, protocol } = new URL(apiUrl);
  return { host: hostname, port, protocol: protocol === 'http:' ? 'http' : 'https' };
}

async function told<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw failureOf(error);
  }
}

/** For `catch`: a refusal is an answer, everything else is thrown on. */
function refusal(error: unknown): StripeRefused {
  if (error instanceof StripeRefused) return error;
  throw error;
}

function verdictOf({ id, status, client_secret, last_payment_error }: Intent, reason?: string): Verdict {
  if (status === 'succeeded') return { status: 'SUCCESS', reference: id };
  if (status === 'canceled') {
    const why = reason ?? (last_payment_error ? reasonOf(last_payment_error) : 'NOT_CHARGED');
    return { status: 'FAILED', reason: why, reference: id };
  }
  const clientSecret = status === 'requires_action' ? (client_secret ?? undefined) : undefined;
  return { status: 'PENDING', reference: id, clientSecret };
}

/** Other intents of the same Stripe account are none of ours. */
function bookedOf({ status, metadata, amount_received: amount, latest_charge }: Intent): Booked | undefined {
  const { paymentId } = metadata;
  if (status !== 'succeeded' || paymentId === undefined) return undefined;
  const refunded = typeof latest_charge === 'object' ? (latest_charge?.amount_refunded ?? 0) : 0;
  return { paymentId, amount, refunded };
}

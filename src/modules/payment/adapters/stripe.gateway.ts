import type { IncomingHttpHeaders } from 'node:http';
import Stripe from 'stripe';
import { createdAtOf, isId, type PaymentId } from '../../../kernel/ids';
import type { Clock } from '../../../platform/clock';
import { InvalidRequest } from '../../../platform/errors';
import type { GatewayMethod } from '../domain/payment';
import type { RefundStatus } from '../domain/refund';
import { TokenRequired, WebhookRefused } from '../domain/payment.errors';
import {
  type CapturedCharge,
  ChargeDisputed,
  type ChargeFollowUp,
  type ChargeRef,
  type ChargeRequest,
  type ChargeResult,
  PaymentGateway,
  type WebhookEvent,
} from '../payment.gateway';
import type { StripeSettings } from '../payment.settings';
import { declineReasonOf, StripeOutcomeUnknown, StripeRejection, toStripeFailure } from './stripe-errors';
import { refundedOf, toGatewayDispute, toGatewayRefund } from './stripe-follow-up';

type Intent = Stripe.PaymentIntent;

const PAYMENT_METHOD_TYPES = { CARD: 'card', UPI: 'upi' } as const satisfies Record<GatewayMethod, string>;
const CHARGE_EVENTS = ['succeeded', 'payment_failed', 'canceled', 'processing'].map(
  (event) => `payment_intent.${event}`,
);

const FOLLOW_UP_EVENTS = [
  'charge.refunded',
  'charge.refund.updated',
  'refund.updated',
  'refund.failed',
  ...['created', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated'].map((event) => `charge.dispute.${event}`),
];

/** Creating an intent is fast; confirming it waits for a bank. Without a retry, both fit into the 10 s of a request. */
const CALL_OPTIONS = { timeout: 3_000, maxNetworkRetries: 1 };
const CONFIRM_OPTIONS = { timeout: 6_000, maxNetworkRetries: 0 };
const PAGE_SIZE = 100;

/** Age of a payment after which its intent is no longer confirmed. */
const CONFIRM_WITHIN_MINUTES = 5;
/** Age of a payment after which a missing intent will never be charged. */
const ABSENCE_FINAL_AFTER_MINUTES = 10;
/** Stripe keeps idempotency keys for 24 hours. One hour is a safety margin. */
const IDEMPOTENCY_KEY_TTL_MINUTES = 23 * 60;
/** How long a customer may take to confirm with their bank; as long as an order waits for a pending payment. */
const CUSTOMER_ACTION_TIMEOUT_MINUTES = 60;

/**
 * Charges through Stripe. Every payment has one PaymentIntent, created without a charge and then confirmed. Both calls
 * have idempotency keys derived from the payment, so the intent can be found and cancelled whichever response was lost.
 */
export class StripeGateway extends PaymentGateway {
  private readonly stripe: Stripe;
  private readonly webhookSecret: string;

  constructor(
    settings: StripeSettings,
    private readonly currency: string,
    private readonly clock: Clock,
  ) {
    super();
    this.webhookSecret = settings.webhookSecret;
    this.stripe = new Stripe(settings.secretKey, {
      ...CALL_OPTIONS,
      telemetry: false,
      ...hostOptionsOf(settings.apiUrl),
    });
  }

  override assertChargeable(token: string | undefined): void {
    if (token === undefined) throw new TokenRequired();
  }

  override async charge(request: ChargeRequest): Promise<ChargeResult> {
    const intent = await this.createIntent(request).catch(asRejection);
    if (intent instanceof StripeRejection) return { status: 'FAILED', reason: intent.reason };
    if (this.ageOf(request.paymentId) > CONFIRM_WITHIN_MINUTES) return this.cancelIntent(intent.id);
    const confirmed = await this.confirmIntent(intent.id, request).catch(asRejection);
    return confirmed instanceof StripeRejection ? this.cancelIntent(intent.id, confirmed.reason) : resultOf(confirmed);
  }

  override async resolve(ref: ChargeRef): Promise<ChargeResult> {
    const intent = await this.findIntent(ref);
    if (!intent) return { status: 'FAILED', reason: 'NOT_CHARGED' };
    const isAbandoned =
      intent.status === 'requires_action' && this.ageOf(ref.paymentId) > CUSTOMER_ACTION_TIMEOUT_MINUTES;
    const isUncharged = ['requires_payment_method', 'requires_confirmation'].includes(intent.status);
    return isAbandoned || isUncharged ? this.cancelIntent(intent.id) : resultOf(intent);
  }

  override async refund(ref: ChargeRef): Promise<RefundStatus> {
    const id = ref.reference ?? (await this.findIntent(ref))?.id;
    if (!id) throw new StripeOutcomeUnknown(`Stripe has no intent of ${ref.paymentId} to refund`);
    const key = { idempotencyKey: `refund-${ref.paymentId}` };
    const refund = await withStripeFailures(this.stripe.refunds.create({ payment_intent: id }, key)).catch(asRejection);
    if (!(refund instanceof StripeRejection)) return toGatewayRefund(refund).status;
    if (refund.code === 'charge_disputed') throw new ChargeDisputed(refund.message);
    if (refund.code !== 'charge_already_refunded') throw refund;
    return 'PENDING';
  }

  override async followUp(ref: ChargeRef): Promise<ChargeFollowUp> {
    const charge = chargeOf(await this.lookUpIntent(ref));
    if (!charge) return { refunds: [], disputes: [] };
    const [refunds, disputes] = await Promise.all([
      collect(this.stripe.refunds.list({ charge: charge.id, limit: PAGE_SIZE })),
      charge.disputed ? collect(this.stripe.disputes.list({ charge: charge.id, limit: PAGE_SIZE })) : [],
    ]);
    return { refunds: refunds.map(toGatewayRefund), disputes: disputes.map(toGatewayDispute) };
  }

  override async paymentIdOf(reference: string): Promise<PaymentId | undefined> {
    const intent = await this.retrieveIntent(reference).catch(asRejection);
    return intent instanceof StripeRejection || !isId(intent.metadata.paymentId)
      ? undefined
      : intent.metadata.paymentId;
  }

  override verifyWebhook(rawBody: Buffer, { 'stripe-signature': signature }: IncomingHttpHeaders): WebhookEvent {
    const event = this.verifiedEvent(rawBody, String(signature));
    if (!isId(event?.id)) throw new InvalidRequest([{ field: 'body', message: 'body must have an id' }]);
    const { id: noticeId, type } = event;
    const object = (event.data?.object ?? {}) as Partial<
      Pick<Intent, 'metadata'> & Pick<Stripe.Refund, 'payment_intent'>
    >;
    if (FOLLOW_UP_EVENTS.includes(event.type ?? '')) {
      // Refunds and disputes do not carry our metadata, but name their intent.
      const { payment_intent: intent } = object;
      return { noticeId, type, reference: typeof intent === 'string' ? intent : intent?.id, isFollowUp: true };
    }
    if (!CHARGE_EVENTS.includes(event.type ?? '')) return { noticeId, type };
    const { metadata } = object;
    return { noticeId, type, paymentId: isId(metadata?.paymentId) ? metadata.paymentId : undefined };
  }

  override async *capturedCharges(): AsyncGenerator<CapturedCharge> {
    for await (const intent of this.listIntents({})) {
      const captured = toCapturedCharge(intent);
      if (captured) yield captured;
    }
  }

  override async capturedChargeOf(ref: ChargeRef): Promise<CapturedCharge | undefined> {
    const intent = await this.lookUpIntent(ref);
    return intent && toCapturedCharge(intent);
  }

  private lookUpIntent(ref: ChargeRef): Promise<Intent | undefined> {
    return ref.reference ? this.retrieveIntent(ref.reference) : this.searchByCreationTime(ref.paymentId);
  }

  /** The parameters depend only on the payment: Stripe refuses an idempotency key that comes with other parameters. */
  private createIntent({ paymentId, amount, method }: ChargeRef): Promise<Intent> {
    return withStripeFailures(
      this.stripe.paymentIntents.create(
        {
          amount,
          currency: this.currency.toLowerCase(),
          allowed_payment_method_types: [PAYMENT_METHOD_TYPES[method]],
          metadata: { paymentId },
        },
        { idempotencyKey: `create-${paymentId}` },
      ),
    );
  }

  private confirmIntent(id: string, { paymentId, token }: ChargeRequest): Promise<Intent> {
    const key = { idempotencyKey: `confirm-${paymentId}`, ...CONFIRM_OPTIONS };
    return withStripeFailures(
      this.stripe.paymentIntents.confirm(id, { payment_method: token, use_stripe_sdk: true }, key),
    );
  }

  private retrieveIntent(id: string): Promise<Intent> {
    return withStripeFailures(this.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.refunds'] }));
  }

  /** Cancels an intent, so that it is never charged. An intent that is charged, or being charged, does not change. */
  private async cancelIntent(id: string, reason?: string): Promise<ChargeResult> {
    const cancelled = await withStripeFailures(this.stripe.paymentIntents.cancel(id)).catch(asRejection);
    return resultOf(cancelled instanceof StripeRejection ? await this.retrieveIntent(id) : cancelled, reason);
  }

  /** The intent of a payment. Creates one if none exists, so that a late `charge` gets the same. Undefined is final. */
  private async findIntent(ref: ChargeRef): Promise<Intent | undefined> {
    if (ref.reference) return this.retrieveIntent(ref.reference);
    const age = this.ageOf(ref.paymentId);
    if (age < IDEMPOTENCY_KEY_TTL_MINUTES) {
      try {
        // A repeated create returns the first response, even a failure, so the current state is read separately.
        return await this.retrieveIntent((await this.createIntent(ref)).id);
      } catch (error) {
        if (age < ABSENCE_FINAL_AFTER_MINUTES) throw error;
      }
    }
    return this.searchByCreationTime(ref.paymentId);
  }

  /** Lists the intents created around the same time. Stripe's search is not available to merchants in India. */
  private async searchByCreationTime(paymentId: PaymentId): Promise<Intent | undefined> {
    const at = Math.floor(createdAtOf(paymentId) / 1000);
    const around = ABSENCE_FINAL_AFTER_MINUTES * 60;
    for await (const intent of this.listIntents({ created: { gte: at - around, lte: at + around } })) {
      if (intent.metadata.paymentId === paymentId) return intent;
    }
    return undefined;
  }

  private async *listIntents(filter: Stripe.PaymentIntentListParams): AsyncGenerator<Intent> {
    const page = { ...filter, limit: PAGE_SIZE, expand: ['data.latest_charge.refunds'] };
    try {
      yield* this.stripe.paymentIntents.list(page);
    } catch (error) {
      throw toStripeFailure(error);
    }
  }

  /** Verifies the signature. Stripe's client does not check the shape of the body. */
  private verifiedEvent(rawBody: Buffer, signature: string): Partial<Stripe.Event> | null {
    try {
      const now = this.clock.realNow();
      return this.stripe.webhooks.constructEvent(rawBody, signature, this.webhookSecret, undefined, undefined, now);
    } catch (error) {
      // A signed body that is not JSON is a 400, like any other such body.
      throw error instanceof SyntaxError ? error : new WebhookRefused();
    }
  }

  /** In minutes of real time. */
  private ageOf(paymentId: PaymentId): number {
    return (this.clock.realNow() - createdAtOf(paymentId)) / 60_000;
  }
}

function hostOptionsOf(apiUrl: string | undefined): Stripe.StripeConfig {
  if (apiUrl === undefined) return {};
  const { hostname, port, protocol } = new URL(apiUrl);
  return { host: hostname, port, protocol: protocol === 'http:' ? 'http' : 'https' };
}

async function withStripeFailures<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw toStripeFailure(error);
  }
}

/** For `catch`: returns a rejection, and throws every other error. */
function asRejection(error: unknown): StripeRejection {
  if (error instanceof StripeRejection) return error;
  throw error;
}

function resultOf({ id, status, client_secret, last_payment_error }: Intent, reason?: string): ChargeResult {
  if (status === 'succeeded') return { status: 'SUCCESS', reference: id };
  if (status === 'canceled') {
    const failureReason = reason ?? (last_payment_error ? declineReasonOf(last_payment_error) : 'NOT_CHARGED');
    return { status: 'FAILED', reason: failureReason, reference: id };
  }
  const clientSecret = status === 'requires_action' ? (client_secret ?? undefined) : undefined;
  return { status: 'PENDING', reference: id, clientSecret };
}

/** Undefined for other intents of the same Stripe account. */
function toCapturedCharge(intent: Intent): CapturedCharge | undefined {
  const { status, metadata, amount_received: amount } = intent;
  const { paymentId } = metadata;
  if (status !== 'succeeded' || paymentId === undefined) return undefined;
  const charge = chargeOf(intent);
  return { paymentId, amount, refunded: refundedOf(charge), isDisputed: charge?.disputed ?? false };
}

/** The latest charge of an intent, which must have been expanded. */
function chargeOf(intent: Intent | undefined): Stripe.Charge | undefined {
  return typeof intent?.latest_charge === 'object' ? (intent.latest_charge ?? undefined) : undefined;
}

async function collect<T>(list: AsyncIterable<T>): Promise<T[]> {
  try {
    const all: T[] = [];
    for await (const one of list) all.push(one);
    return all;
  } catch (error) {
    throw toStripeFailure(error);
  }
}

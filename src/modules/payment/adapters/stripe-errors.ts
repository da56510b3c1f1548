import Stripe from 'stripe';

/** What a customer can do something about; nothing else of why a card was declined is for their eyes. */
const CUSTOMER_VISIBLE_CODES = new Set([
  'amount_too_large',
  'amount_too_small',
  'authentication_required',
  'card_not_supported',
  'card_velocity_exceeded',
  'currency_not_supported',
  'expired_card',
  'incorrect_cvc',
  'incorrect_number',
  'incorrect_pin',
  'insufficient_funds',
  'payment_intent_authentication_failure',
  'processing_error',
  'withdrawal_count_limit_exceeded',
]);

/** Stripe has understood and said no: this call has charged nothing. */
export class StripeRejection extends Error {
  constructor(
    message: string,
    readonly reason: string,
    readonly code: string | undefined,
  ) {
    super(message);
  }
}

/** Nobody knows what became of the call. */
export class StripeOutcomeUnknown extends Error {}

/**
 * What a call has failed of. The library's own errors carry headers, people and secrets, and would take them to the log:
 * they end here.
 */
export function toStripeFailure(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const { type, code, statusCode, requestId, detail } = error;
  const details = [type, code, statusCode, requestId, (detail as { code?: unknown } | undefined)?.code];
  const message = `Stripe: ${details.filter(Boolean).join(', ')}`;
  const isRejection =
    error instanceof Stripe.errors.StripeCardError || error instanceof Stripe.errors.StripeInvalidRequestError;
  return isRejection ? new StripeRejection(message, declineReasonOf(error), code) : new StripeOutcomeUnknown(message);
}

/** One word in capitals. */
export function declineReasonOf({ code, decline_code }: { code?: string; decline_code?: string }): string {
  const visibleCode = [decline_code, code].find((word) => word !== undefined && CUSTOMER_VISIBLE_CODES.has(word));
  return visibleCode?.toUpperCase() ?? 'DECLINED';
}

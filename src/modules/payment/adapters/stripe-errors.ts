import Stripe from 'stripe';

/** Codes of Stripe that help the customer. All others are reported as DECLINED. */
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

/** Stripe rejected the call, so nothing was charged. */
export class StripeRejection extends Error {
  constructor(
    message: string,
    readonly reason: string,
    readonly code: string | undefined,
  ) {
    super(message);
  }
}

/** The outcome of the call is unknown. */
export class StripeOutcomeUnknown extends Error {}

/**
 * Replaces an error of the Stripe library. Those contain headers, personal data and secrets, which must not reach the
 * log.
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

/** The reason of a decline, as a code in capitals that the customer may see. */
export function declineReasonOf({ code, decline_code }: { code?: string; decline_code?: string }): string {
  const visibleCode = [decline_code, code].find((word) => word !== undefined && CUSTOMER_VISIBLE_CODES.has(word));
  return visibleCode?.toUpperCase() ?? 'DECLINED';
}

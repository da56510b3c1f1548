import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import { matching, TIME_OF_DAY } from '../../platform/config/text-formats';

const STRIPE_PUBLISHABLE_KEY = matching(/^pk_[\x21-\x7e]+$/, 'a publishable key of Stripe, pk_…');

export const DAIRY_SETTINGS = declareSettings('dairy', (env) => {
  // The payment module checks the variable.
  const gateway = env.optional('PAYMENT_GATEWAY');
  const hasStripeForm = gateway === 'stripe' && env.optional('STRIPE_PUBLISHABLE_KEY') !== undefined;
  return {
    /** Local time until which subscribers can change the next day. */
    cutoffTime: env.text('CUTOFF_TIME', '21:00', TIME_OF_DAY),
    /** Whether payments are simulated. */
    testPayments: gateway === undefined ? env.isLocal : gateway === 'sandbox',
    /** For Stripe's form in the shop. Without it, customers cannot pay online there. */
    stripePublishableKey: hasStripeForm
      ? env.text('STRIPE_PUBLISHABLE_KEY', undefined, STRIPE_PUBLISHABLE_KEY)
      : undefined,
  };
});

export type DairySettings = SettingsOf<typeof DAIRY_SETTINGS>;

import type { Provider } from '@nestjs/common';
import type { Clock } from '../../../src/platform/clock';
import { StripeFake } from '../../support/fakes/stripe-fake';
import { TestApp } from '../../support/test-app';

export const WEBHOOK_SECRET = 'whsec_of_these_tests';

/** The program with its own Stripe fake as the gateway. */
export async function startWithStripe(
  clock?: Clock,
  providers: Provider[] = [],
): Promise<{ app: TestApp; stripe: StripeFake }> {
  const stripe = await StripeFake.start();
  const environment = {
    PAYMENT_GATEWAY: 'stripe',
    STRIPE_SECRET_KEY: 'sk_test_of_these_tests',
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_API_URL: stripe.url,
    // Limits the wait for a message that was received but not handled.
    QUEUE_LEASE_SECONDS: '4',
  };
  return { stripe, app: await TestApp.start(environment, { clock, providers }) };
}

import { fromMajorUnits } from '../../kernel/money';
import { PLATFORM_SETTINGS } from '../../platform/config/platform.settings';
import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import type { EnvReader } from '../../platform/config/env-reader';
import { matching } from '../../platform/config/text-formats';

/** In major units. */
const MAX_CASH_LIMIT = 10_000_000;
const GATEWAYS = ['sandbox', 'stripe'] as const;
/** How the sandbox sends its webhooks: for every charge, two seconds later, each twice, in reverse order. */
const SANDBOX_WEBHOOK_MODES = ['every', 'late', 'twice', 'shuffled'] as const;
// Without spaces and non-ASCII characters, which a request cannot send.
const STRIPE_KEY = matching(/^[sr]k_[\x21-\x7e]+$/, 'a secret key of Stripe, sk_… or rk_…');
const STRIPE_WEBHOOK_SECRET = matching(/^whsec_[\x21-\x7e]+$/, 'a webhook secret of Stripe, whsec_…');
const SANDBOX_IN_PRODUCTION_CONFIRMATION = 'yes-no-money-moves';

export const PAYMENT_SETTINGS = declareSettings('payment', (env, configuration) => {
  const cashLimit = (name: string, majorUnits: number) =>
    fromMajorUnits(env.integer(name, majorUnits, { min: 0, max: MAX_CASH_LIMIT }));
  const gateway = env.choice('PAYMENT_GATEWAY', GATEWAYS, env.localDefault('sandbox' as const));
  const settings = {
    sandboxSecret:
      gateway === 'sandbox' ? env.secret('SANDBOX_WEBHOOK_SECRET', 'a local secret for sandbox webhooks') : '',
    sandboxWebhooks: new Set(env.choices('SANDBOX_WEBHOOKS', SANDBOX_WEBHOOK_MODES, [])),
    /** What a customer may owe on delivery: before the first delivery, and later. */
    cashLimits: { first: cashLimit('COD_LIMIT_FIRST', 2_000), later: cashLimit('COD_LIMIT', 20_000) },
    /** Absent unless Stripe is the gateway. */
    stripe: gateway === 'stripe' ? readStripeSettings(env) : undefined,
  };

  const isConfirmed = env.optional('SANDBOX_IN_PRODUCTION') === SANDBOX_IN_PRODUCTION_CONFIRMATION;
  if (!env.isLocal && gateway === 'sandbox' && !isConfirmed) {
    env.addProblem(
      'PAYMENT_GATEWAY is sandbox, which moves no money. Set it to stripe, ' +
        `or confirm it with SANDBOX_IN_PRODUCTION=${SANDBOX_IN_PRODUCTION_CONFIRMATION}`,
    );
  }
  if (settings.stripe?.apiUrl && !env.isLocal) {
    env.addProblem('STRIPE_API_URL can be set only with a local DYNAMODB_ENDPOINT');
  }
  if (settings.stripe && decimalsOf(configuration.get(PLATFORM_SETTINGS).currency) !== 2) {
    env.addProblem(
      'CURRENCY must have two decimals with PAYMENT_GATEWAY=stripe, which takes amounts in its smallest unit',
    );
  }
  return settings;
});

export type PaymentSettings = SettingsOf<typeof PAYMENT_SETTINGS>;
export type StripeSettings = ReturnType<typeof readStripeSettings>;

function readStripeSettings(env: EnvReader) {
  return {
    secretKey: env.text('STRIPE_SECRET_KEY', undefined, STRIPE_KEY),
    webhookSecret: env.text('STRIPE_WEBHOOK_SECRET', undefined, STRIPE_WEBHOOK_SECRET),
    apiUrl: env.httpUrl('STRIPE_API_URL'),
  };
}

function decimalsOf(currency: string): number | undefined {
  // A malformed code has already been reported.
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
}

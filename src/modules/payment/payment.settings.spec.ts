import { Configuration } from '../../platform/config/configuration';
import { ConfigurationError, type Environment } from '../../platform/config/env-reader';
import { PAYMENT_SETTINGS } from './payment.settings';

const LOCAL = { DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000' };
const STRIPE = {
  PAYMENT_GATEWAY: 'stripe',
  STRIPE_SECRET_KEY: 'sk_live_of_nobody',
  STRIPE_WEBHOOK_SECRET: 'whsec_of_nobody',
};
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://api.milkround.example',
  JWT_SECRET: 'a secret that only this test has to know',
  TRUSTED_PROXIES: 'none',
};
const SANDBOX = { PAYMENT_GATEWAY: 'sandbox', SANDBOX_WEBHOOK_SECRET: 'another secret that only this test knows' };
const SANDBOX_NEEDS_CONFIRMATION =
  'PAYMENT_GATEWAY is sandbox, which moves no money. Set it to stripe, ' +
  'or confirm it with SANDBOX_IN_PRODUCTION=yes-no-money-moves';

const settingsOf = (environment: Environment) => Configuration.read(environment).get(PAYMENT_SETTINGS);

function problemsIn(environment: Environment): readonly string[] {
  try {
    Configuration.read(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('payment gateway settings', () => {
  it('select the sandbox locally, with plain webhooks', () => {
    const { stripe, sandboxSecret, sandboxWebhooks } = settingsOf(LOCAL);
    expect(stripe).toBeUndefined();
    expect(sandboxSecret).not.toBe('');
    expect([...sandboxWebhooks]).toEqual([]);
    expect([...settingsOf({ ...LOCAL, SANDBOX_WEBHOOKS: 'twice, every' }).sandboxWebhooks]).toEqual(['every', 'twice']);
  });

  it('select Stripe if configured, without any setting of the sandbox', () => {
    const { stripe, sandboxSecret } = settingsOf({ ...PRODUCTION, ...STRIPE });
    expect(stripe).toEqual({ secretKey: 'sk_live_of_nobody', webhookSecret: 'whsec_of_nobody', apiUrl: undefined });
    expect(sandboxSecret).toBe('');
  });

  it.each<[string, Environment, string[]]>([
    ['no gateway in production', PRODUCTION, ['PAYMENT_GATEWAY must be one of sandbox, stripe']],
    ['an unknown gateway', { ...LOCAL, PAYMENT_GATEWAY: 'paypal' }, ['PAYMENT_GATEWAY must be one of sandbox, stripe']],
    ['the sandbox in production', { ...PRODUCTION, ...SANDBOX }, [SANDBOX_NEEDS_CONFIRMATION]],
    [
      'the sandbox in production with a wrong confirmation',
      { ...PRODUCTION, ...SANDBOX, SANDBOX_IN_PRODUCTION: 'true' },
      [SANDBOX_NEEDS_CONFIRMATION],
    ],
    [
      'the sandbox in production with the confirmation',
      { ...PRODUCTION, ...SANDBOX, SANDBOX_IN_PRODUCTION: 'yes-no-money-moves' },
      [],
    ],
    [
      'Stripe without its secrets',
      { ...LOCAL, PAYMENT_GATEWAY: 'stripe' },
      ['STRIPE_SECRET_KEY is missing', 'STRIPE_WEBHOOK_SECRET is missing'],
    ],
    [
      'Stripe with a publishable key',
      { ...PRODUCTION, ...STRIPE, STRIPE_SECRET_KEY: 'pk_live_of_nobody' },
      ['STRIPE_SECRET_KEY must be a secret key of Stripe, sk_… or rk_…'],
    ],
    [
      'another Stripe URL in production',
      { ...PRODUCTION, ...STRIPE, STRIPE_API_URL: 'https://stripe.example' },
      ['STRIPE_API_URL can be set only with a local DYNAMODB_ENDPOINT'],
    ],
    ['another Stripe URL locally', { ...LOCAL, ...STRIPE, STRIPE_API_URL: 'http://127.0.0.1:12111' }, []],
    [
      'Stripe with a currency without decimals',
      { ...PRODUCTION, ...STRIPE, CURRENCY: 'JPY' },
      ['CURRENCY must have two decimals with PAYMENT_GATEWAY=stripe, which takes amounts in its smallest unit'],
    ],
    [
      'an unknown webhook mode',
      { ...LOCAL, SANDBOX_WEBHOOKS: 'never' },
      ['SANDBOX_WEBHOOKS must be a comma-separated list out of every, late, twice, shuffled'],
    ],
  ])('are checked: %s', (_, environment, problems) => {
    expect(problemsIn(environment)).toEqual(problems);
  });
});

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { InvalidInputs, readInputs } from '../../infra/aws/inputs';
import { SANDBOX_CONFIRMED } from './deployment';

const REQUIRED_INPUTS = { mailDomain: 'dairy.example', alarmEmail: 'alarms@dairy.example', payments: 'sandbox' };
const STRIPE = 'arn:aws:secretsmanager:ap-south-1:111122223333:secret:milkround/stripe-AbCdEf';
const CERTIFICATE = 'arn:aws:acm:ap-south-1:111122223333:certificate/abc';

function errorsOf(context: Record<string, string>, environment = SANDBOX_CONFIRMED): readonly string[] {
  try {
    readInputs((name) => context[name], environment);
    return [];
  } catch (error) {
    if (error instanceof InvalidInputs) return error.problems;
    throw error;
  }
}

describe('the inputs of a deployment', () => {
  it('have defaults, except for three', () => {
    const context: Record<string, string> = REQUIRED_INPUTS;
    expect(readInputs((name) => context[name], SANDBOX_CONFIRMED)).toEqual({
      mailDomain: 'dairy.example',
      alarmEmail: 'alarms@dairy.example',
      stripeSecretArn: undefined,
      stripePublishableKey: '',
      sandboxConfirmation: 'yes-no-money-moves',
      monthlyBudget: 200,
      name: 'milkround',
      runbookUrl: 'docs/runbook.md',
      probe: 'on',
      eventBus: 'off',
      size: 'small',
      image: undefined,
      domain: undefined,
      signIn: 'own',
      adminMfa: 'optional',
      currency: 'INR',
      timezone: 'Asia/Kolkata',
      country: 'IN',
      generationShards: '8',
      webOrigins: '',
      passwordResetUrl: undefined,
      emailVerificationUrl: undefined,
      zones: [],
      otlpEndpoint: undefined,
      smsTypes: '',
      smsPerMonth: '10000',
      smsProvider: 'sns',
      smsQuietHours: '21:00-08:00',
      smsSenderId: undefined,
      smsEntityId: undefined,
      smsTemplateIds: '',
      smsBudget: 50,
      tablePrefix: 'milkround-',
      backup: 'none',
      backupCopyVaultArn: undefined,
    });
    expect(errorsOf({})).toEqual([
      expect.stringMatching(/^payments is missing: the full ARN of the secret/),
      expect.stringMatching(/^mailDomain is missing: the domain of the sender address/),
      expect.stringMatching(/^alarmEmail is missing: the e-mail address/),
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'an address as the mail domain',
      { mailDomain: 'milk@dairy.example' },
      'mailDomain must be the domain of the sender address',
    ],
    [
      'shards that do not divide the partitions',
      { generationShards: '12' },
      'generationShards must be a multiple of 8',
    ],
    ['an unknown type of SMS', { smsTypes: 'ORDER_CONFIRMED' }, 'smsTypes must be out of DELIVERY_UPDATE, LOW_BALANCE'],
    ['an unknown SMS provider', { smsProvider: 'pigeon' }, 'smsProvider must be one of sns, end-user-messaging'],
    ['End User Messaging without a sender', { smsProvider: 'end-user-messaging' }, 'smsSenderId must be a sender id'],
    [
      'a sender that is no id',
      { smsProvider: 'end-user-messaging', smsSenderId: 'DAIRY/*' },
      'smsSenderId must be a sender id',
    ],
    ['quiet hours without an end', { smsQuietHours: '21:00' }, 'smsQuietHours must be none, or times such as'],
    ['a template without an id', { smsTemplateIds: 'LOW_BALANCE' }, 'smsTemplateIds must be types with the ids'],
    ['an image that changes by itself', { image: 'ghcr.io/dairy/milkround:latest' }, 'image must be a public image'],
    ['an image without a version', { image: 'ghcr.io/dairy/milkround' }, 'image must be a public image'],
    ['an image without a registry', { image: 'milkround:0.2.0' }, 'image must be a public image'],
    ['an invalid alarm address', { alarmEmail: 'alarms' }, 'alarmEmail must be the e-mail address'],
    [
      'a secret key in the open',
      { stripePublishableKey: 'sk_live_fake' },
      'stripePublishableKey must be a publishable key',
    ],
    ['a Stripe key', { payments: 'sk_live_fake' }, 'payments must be the full ARN of the secret'],
    [
      'an incomplete ARN of a secret',
      { payments: STRIPE.replace(/-\w{6}$/, '') },
      'payments must be the full ARN of the secret',
    ],
    ['an unknown size', { size: 'medium' }, 'size must be one of tiny, small, large'],
    ['a name that is no table prefix', { name: 'Milk Round' }, 'name must be up to 20 lower-case letters'],
    ['a domain without a certificate', { domain: 'api.dairy.example' }, 'certificate must be the ARN'],
    ['a certificate without a domain', { certificate: CERTIFICATE }, 'domain must be a domain'],
    ['an unknown time zone', { timezone: 'Asia/Dairy' }, 'timezone must be an IANA time zone'],
    ['an origin with a path', { webOrigins: 'https://a.example,https://b.example/shop' }, 'webOrigins must be origins'],
    [
      'a password page without TLS',
      { passwordResetUrl: 'http://dairy.example/reset' },
      'passwordResetUrl must be an https URL',
    ],
    [
      'a verification page without TLS',
      { emailVerificationUrl: 'http://dairy.example/verify' },
      'emailVerificationUrl must be an https URL',
    ],
    ['too few zones', { zones: 'us-east-1a' }, 'zones must list at least 2 zones for size small'],
    ['a region as a zone', { zones: 'us-east-1, us-east-1b' }, 'zones must be availability zones such as'],
    ['a collector without a protocol', { otlpEndpoint: 'collector:4318' }, 'otlpEndpoint must be the URL'],
    ['an unknown country', { country: 'UK' }, 'country must be the two-letter code'],
    ['a currency sign', { currency: '₹' }, 'currency must be a three-letter currency code'],
    ['a budget of nothing', { smsBudget: '0' }, 'smsBudget must be a whole number of US$'],
    ['tables of another deployment', { tablePrefix: 'dairy-' }, 'tablePrefix must be milkround-'],
    ['a table prefix without a hyphen', { tablePrefix: 'milkround-r2' }, 'tablePrefix must be milkround-'],
    [
      'tables of a deployment with a longer name',
      { tablePrefix: 'milkround-staging-' },
      'tablePrefix must be milkround-',
    ],
    ['an unknown kind of backup', { backup: 'yes' }, 'backup must be one of none, locked'],
    [
      'a vault for copies of no backups',
      { backupCopyVault: 'arn:aws:backup:eu-west-1:444455556666:backup-vault:copies' },
      'backupCopyVault needs backup=locked',
    ],
    [
      'the name of a vault',
      { backup: 'locked', backupCopyVault: 'copies' },
      'backupCopyVault must be the ARN of a backup vault',
    ],
  ])('reject %s', (_, context, problem) => {
    expect(errorsOf({ ...REQUIRED_INPUTS, ...context })).toEqual([expect.stringContaining(problem)]);
  });

  it('accept the ARN of a Stripe secret, and a domain with a certificate', () => {
    expect(
      errorsOf({ ...REQUIRED_INPUTS, payments: STRIPE, domain: 'api.dairy.example', certificate: CERTIFICATE }),
    ).toEqual([]);
  });

  it('need a second word for the sandbox, which is not in the context', () => {
    const problem = 'payments=sandbox moves no money. Confirm it with SANDBOX_IN_PRODUCTION=yes-no-money-moves';
    const context = { ...REQUIRED_INPUTS, ...SANDBOX_CONFIRMED };
    for (const word of ['', 'yes']) {
      expect(errorsOf(context, { SANDBOX_IN_PRODUCTION: word })).toEqual([expect.stringContaining(problem)]);
    }
    expect(errorsOf({ ...REQUIRED_INPUTS, payments: STRIPE }, { SANDBOX_IN_PRODUCTION: '' })).toEqual([]);
  });

  it('accept a deprecated name of a time zone', () => {
    expect(errorsOf({ ...REQUIRED_INPUTS, timezone: 'Asia/Calcutta' })).toEqual([]);
  });

  it.each([
    ['an input', ['--payments=sandbox'], '--alarm-email is missing: the e-mail address that receives alarms'],
    [
      'the region',
      ['--payments=sandbox', '--alarm-email=a@dairy.example'],
      expect.stringMatching(/^AWS_REGION is missing/),
    ],
  ])('are checked before anything is built: %s is missing', (_, options, problem) => {
    const { status, stderr } = deploy(options, {});
    expect(status).toBe(1);
    expect(stderr.split('\n')[0]).toEqual(problem);
  });

  it('are checked before anything is built: the region is not one', () => {
    const options = ['--payments=sandbox', '--alarm-email=a@dairy.example'];
    const { status, stderr } = deploy(options, { AWS_REGION: 'the south' });
    expect([status, stderr]).toEqual([1, 'AWS_REGION must be the region to deploy to, such as ap-south-1\n']);
  });

  it('are followed by an error message if the CDK is not installed', () => {
    const options = ['--payments=sandbox', '--alarm-email=a@dairy.example'];
    const { status, stderr } = deploy(options, { AWS_REGION: 'ap-south-1', PATH: '/nowhere', ...SANDBOX_CONFIRMED });
    expect([status, stderr]).toEqual([1, expect.stringContaining('spawnSync cdk ENOENT')]);
  });
});

function deploy(options: readonly string[], env: Record<string, string>) {
  const args = [
    '-r',
    './test/support/typescript.cjs',
    'infra/aws/deploy.ts',
    '--mail-domain',
    'dairy.example',
    ...options,
  ];
  return spawnSync(process.execPath, args, {
    cwd: join(__dirname, '../..'),
    encoding: 'utf8',
    env,
  });
}

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { InvalidInputs, readInputs } from '../../infra/aws/inputs';

const REQUIRED_INPUTS = { mailDomain: 'dairy.example', alarmEmail: 'alarms@dairy.example', payments: 'sandbox' };
const STRIPE = 'arn:aws:secretsmanager:ap-south-1:111122223333:secret:milkround/stripe-AbCdEf';
const CERTIFICATE = 'arn:aws:acm:ap-south-1:111122223333:certificate/abc';

function errorsOf(context: Record<string, string>): readonly string[] {
  try {
    readInputs((name) => context[name]);
    return [];
  } catch (error) {
    if (error instanceof InvalidInputs) return error.problems;
    throw error;
  }
}

describe('a deployment', () => {
  it('needs three inputs and no more', () => {
    expect(readInputs((name) => (REQUIRED_INPUTS as Record<string, string>)[name])).toEqual({
      mailDomain: 'dairy.example',
      alarmEmail: 'alarms@dairy.example',
      stripeSecretArn: undefined,
      name: 'milkround',
      size: 'small',
      domain: undefined,
      signIn: 'own',
      currency: 'INR',
      timezone: 'Asia/Kolkata',
      webOrigins: '',
      passwordResetUrl: undefined,
      zones: [],
      otlpEndpoint: undefined,
    });
    expect(errorsOf({})).toEqual([
      expect.stringMatching(/^payments is missing: the ARN of the secret/),
      expect.stringMatching(/^mailDomain is missing: the domain/),
      expect.stringMatching(/^alarmEmail is missing: who/),
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a mail domain that is an address', { mailDomain: 'milk@dairy.example' }, 'mailDomain must be the domain'],
    ['an alarm that goes nowhere', { alarmEmail: 'alarms' }, 'alarmEmail must be who is told'],
    ['a key of Stripe itself', { payments: 'sk_live_of_nobody' }, 'payments must be the ARN of the secret'],
    [
      'a secret by half its name',
      { payments: STRIPE.replace(/-\w{6}$/, '') },
      'payments must be the ARN of the secret',
    ],
    ['a size that nobody has', { size: 'medium' }, 'size must be one of small, large'],
    ['a name that no table could bear', { name: 'Milk Round' }, 'name must be up to 20 lower-case letters'],
    ['a domain without its certificate', { domain: 'api.dairy.example' }, 'certificate must be the ARN'],
    ['a certificate without its domain', { certificate: CERTIFICATE }, 'domain must be a domain'],
    ['a time zone that is none', { timezone: 'Asia/Dairy' }, 'timezone must be an IANA time zone'],
    [
      'a website by a page of it',
      { webOrigins: 'https://a.example,https://b.example/shop' },
      'webOrigins must be origins',
    ],
    [
      'a page that others can read along',
      { passwordResetUrl: 'http://dairy.example/reset' },
      'passwordResetUrl must be',
    ],
    ['too few zones', { zones: 'us-east-1a' }, 'zones must be at least 2 for size small'],
    ['a zone that is a region', { zones: 'us-east-1, us-east-1b' }, 'zones must be zones such as'],
    ['a collector without its protocol', { otlpEndpoint: 'collector:4318' }, 'otlpEndpoint must be the URL'],
    ['a currency by its sign', { currency: '₹' }, 'currency must be the three letters'],
  ])('is refused with %s', (_, context, complaint) => {
    expect(errorsOf({ ...REQUIRED_INPUTS, ...context })).toEqual([expect.stringContaining(complaint)]);
  });

  it('takes Stripe by the secret that holds its keys, and a domain with its certificate', () => {
    expect(
      errorsOf({ ...REQUIRED_INPUTS, payments: STRIPE, domain: 'api.dairy.example', certificate: CERTIFICATE }),
    ).toEqual([]);
  });

  it('takes a time zone by a name of before', () => {
    expect(errorsOf({ ...REQUIRED_INPUTS, timezone: 'Asia/Calcutta' })).toEqual([]);
  });

  it.each([
    ['an input', ['--payments=sandbox'], '--alarm-email is missing: who is told when something is wrong'],
    [
      'the region',
      ['--payments=sandbox', '--alarm-email=a@dairy.example'],
      expect.stringMatching(/^AWS_REGION is missing/),
    ],
  ])('says in a line that it lacks %s, before anything is built', (_, said, complaint) => {
    const { status, stderr } = deploy(said, {});
    expect(status).toBe(1);
    expect(stderr.split('\n')[0]).toEqual(complaint);
  });

  it('says that it lacks the CDK', () => {
    const said = ['--payments=sandbox', '--alarm-email=a@dairy.example'];
    const { status, stderr } = deploy(said, { AWS_REGION: 'ap-south-1', PATH: '/nowhere' });
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

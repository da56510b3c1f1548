import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readInputs, WrongInputs } from '../../infra/aws/inputs';

const NEEDED = { mailDomain: 'dairy.example', alarmEmail: 'alarms@dairy.example', payments: 'sandbox' };
const STRIPE = 'arn:aws:secretsmanager:ap-south-1:111122223333:secret:milkround/stripe-AbCdEf';
const CERTIFICATE = 'arn:aws:acm:ap-south-1:111122223333:certificate/abc';

function complaintsAbout(context: Record<string, string>): readonly string[] {
  try {
    readInputs((name) => context[name]);
    return [];
  } catch (error) {
    if (error instanceof WrongInputs) return error.complaints;
    throw error;
  }
}

describe('a deployment', () => {
  it('needs three inputs and no more', () => {
    expect(readInputs((name) => (NEEDED as Record<string, string>)[name])).toEqual({
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
    });
    expect(complaintsAbout({})).toEqual([
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
    ['a currency by its sign', { currency: '₹' }, 'currency must be the three letters'],
  ])('is refused with %s', (_, context, complaint) => {
    expect(complaintsAbout({ ...NEEDED, ...context })).toEqual([expect.stringContaining(complaint)]);
  });

  it('takes Stripe by the secret that holds its keys, and a domain with its certificate', () => {
    expect(
      complaintsAbout({ ...NEEDED, payments: STRIPE, domain: 'api.dairy.example', certificate: CERTIFICATE }),
    ).toEqual([]);
  });

  it('says in a line what is missing, before anything is built', () => {
    const root = join(__dirname, '../..');
    const run = [
      '-r',
      './test/support/typescript.cjs',
      'infra/aws/deploy.ts',
      '--mail-domain',
      'dairy.example',
      '--payments=sandbox',
    ];
    const { status, stderr } = spawnSync(process.execPath, run, { cwd: root, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr.split('\n')[0]).toBe('--alarm-email is missing: who is told when something is wrong');
  });
});

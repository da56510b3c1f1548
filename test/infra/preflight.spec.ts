import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type Inputs, readInputs } from '../../infra/aws/inputs';
import { type Finding, preflight } from '../../infra/aws/preflight';
import { AwsAccount, type Recorded } from '../support/fakes/aws-account';
import { ImageRegistry } from '../support/fakes/image-registry';
import { SANDBOX_CONFIRMED } from './deployment';

const ROOT = join(__dirname, '../..');
const REGION = 'ap-south-1';
const CERTIFICATE = 'arn:aws:acm:ap-south-1:111122223333:certificate/abc';
const STRIPE = 'arn:aws:secretsmanager:ap-south-1:111122223333:secret:milkround/stripe-AbCdEf';

const CALLER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::111122223333:user/ops</Arn><UserId>AIDA</UserId><Account>111122223333</Account>
  </GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
const REFUSED = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
  <Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error>
  <RequestId>1</RequestId></ErrorResponse>`;
const IDENTITY = '/v2/email/identities/dairy.example';
const VCPU = 'L-3032A538';
const ADDRESSES = 'L-0263D0A3';
const quota = (value: number): Recorded => [200, { Quota: { Value: value } }];
const missing = (type: string): Recorded => [400, { __type: type, message: 'not found' }];

/** An account in which a deployment works. */
const READY: Readonly<Record<string, Recorded>> = {
  GetCallerIdentity: [200, CALLER],
  GetParameter: [200, { Parameter: { Value: '30' } }],
  DescribeCertificate: [200, { Certificate: { Status: 'ISSUED', SubjectAlternativeNames: ['*.dairy.example'] } }],
  DescribeSecret: [200, { ARN: STRIPE }],
  [IDENTITY]: [404, { __type: 'NotFoundException', message: 'not found' }],
  '/v2/email/account': [200, { ProductionAccessEnabled: true }],
  [VCPU]: quota(100),
  [ADDRESSES]: quota(5),
};
const CONTEXT: Readonly<Record<string, string>> = {
  mailDomain: 'dairy.example',
  alarmEmail: 'alarms@dairy.example',
  payments: STRIPE,
  domain: 'api.dairy.example',
  certificate: CERTIFICATE,
};
const inputsOf = (changes: Readonly<Record<string, string>> = {}): Inputs =>
  readInputs((name) => ({ ...CONTEXT, ...changes })[name], SANDBOX_CONFIRMED);

describe('the check of an account', () => {
  let account: AwsAccount;
  const environment = { ...process.env };
  beforeAll(async () => {
    account = await AwsAccount.start(READY);
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: account.url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      CDK_DOCKER: 'true',
    });
  });
  afterAll(async () => {
    process.env = environment;
    await account.stop();
  });
  beforeEach(() => {
    account.responses = READY;
    process.env.CDK_DOCKER = 'true';
  });

  const found = async (check: string, inputs = inputsOf()): Promise<Finding | undefined> =>
    (await preflight(inputs, REGION)).find((finding) => finding.check === check);

  it('finds nothing in an account that is ready', async () => {
    const findings = await preflight(inputsOf(), REGION);
    expect(findings.map(({ check, level }) => [check, level])).toEqual(findings.map(({ check }) => [check, 'ok']));
    expect(findings.length).toBe(9);
  });

  it.each<[check: string, text: string, responses: Record<string, Recorded>]>([
    ['credentials', 'The security token included in the request is invalid', { GetCallerIdentity: [403, REFUSED] }],
    ['bootstrap', 'the CDK is not set up in ap-south-1', { GetParameter: missing('ParameterNotFound') }],
    ['bootstrap', 'version 5 is too old', { GetParameter: [200, { Parameter: { Value: '5' } }] }],
    ['certificate', 'it does not exist', { DescribeCertificate: missing('ResourceNotFoundException') }],
    [
      'certificate',
      'its status is PENDING_VALIDATION',
      { DescribeCertificate: [200, { Certificate: { Status: 'PENDING_VALIDATION' } }] },
    ],
    [
      'certificate',
      'it is for dairy.example, not for api.dairy.example',
      { DescribeCertificate: [200, { Certificate: { Status: 'ISSUED', SubjectAlternativeNames: ['dairy.example'] } }] },
    ],
    ['payment keys', 'the secret does not exist', { DescribeSecret: missing('ResourceNotFoundException') }],
    ['mail domain', 'SES already has an identity dairy.example', { [IDENTITY]: [200, { Tags: [] }] }],
    ['processors', 'Fargate allows 2 vCPU, and a deployment needs 2.5', { [VCPU]: quota(2) }],
    ['addresses', 'EC2 allows 0 Elastic IP addresses', { [ADDRESSES]: quota(0) }],
  ])('finds a problem of the %s: %s', async (check, text, responses) => {
    account.responses = { ...READY, ...responses };
    expect(await found(check)).toMatchObject({ level: 'problem', text: expect.stringContaining(text) });
    expect((await found(check))?.remedy).toMatch(/\w{3}/);
  });

  it('finds a certificate and a secret of another region, without asking AWS', async () => {
    const certificate = CERTIFICATE.replace(REGION, 'us-east-1');
    expect(await found('certificate', inputsOf({ certificate }))).toMatchObject({
      level: 'problem',
      text: 'it is in us-east-1, not in ap-south-1',
    });
    const payments = STRIPE.replace(REGION, 'us-east-1');
    expect(await found('payment keys', inputsOf({ payments }))).toMatchObject({ level: 'problem' });
  });

  it('knows its own mail domain', async () => {
    account.responses = { ...READY, [IDENTITY]: [200, { Tags: [{ Key: 'milkround', Value: 'milkround' }] }] };
    expect(await found('mail domain')).toMatchObject({ level: 'ok' });
  });

  it('says that the mail sandbox and a low quota will get in the way later', async () => {
    account.responses = { ...READY, '/v2/email/account': [200, { ProductionAccessEnabled: false }], [VCPU]: quota(3) };
    expect(await found('mail sandbox')).toMatchObject({ level: 'notice' });
    expect(await found('processors')).toMatchObject({
      level: 'notice',
      text: 'Fargate allows 3 vCPU, and small grows to 4',
    });
  });

  it('needs no Elastic IP address and fewer processors for size tiny', async () => {
    account.responses = { ...READY, [VCPU]: quota(1), [ADDRESSES]: quota(0) };
    const tiny = inputsOf({ size: 'tiny' });
    expect(await found('processors', tiny)).toMatchObject({ level: 'ok' });
    expect(await found('addresses', tiny)).toMatchObject({ level: 'ok' });
    account.responses = { ...READY, [VCPU]: quota(0.25) };
    expect(await found('processors', tiny)).toMatchObject({
      level: 'problem',
      text: 'Fargate allows 0.25 vCPU, and a deployment needs 0.5',
    });
  });

  it('says what it may not read', async () => {
    account.responses = { GetCallerIdentity: [200, CALLER] };
    const levels = (await preflight(inputsOf(), REGION)).map(({ level }) => level);
    expect(levels).toEqual(['ok', ...Array<string>(7).fill('notice'), 'ok']);
    expect(await found('addresses')).toMatchObject({ text: expect.stringMatching(/^not checked: .*not allowed/) });
  });

  it('finds that no program can build the image', async () => {
    process.env.CDK_DOCKER = '/nowhere/docker';
    expect(await found('image')).toMatchObject({ level: 'problem' });
  });

  it('asks the registry for a published image, instead of for Docker', async () => {
    process.env.CDK_DOCKER = '/nowhere/docker';
    const registry = await ImageRegistry.start();
    const image = (version: string) => inputsOf({ image: `${registry.host}/dairy/milkround:${version}` });
    registry.images.set('/v2/dairy/milkround/manifests/0.2.0', ['amd64', 'arm64']);
    registry.images.set('/v2/dairy/milkround/manifests/0.1.9', ['amd64']);
    expect(await found('image', image('0.2.0'))).toMatchObject({ level: 'ok', text: expect.stringMatching(/exists$/) });
    expect(await found('image', image('0.1.9'))).toMatchObject({
      level: 'problem',
      text: expect.stringMatching(/milkround:0\.1\.9 is not for arm64$/),
    });
    expect(await found('image', image('0.3.0'))).toMatchObject({
      level: 'problem',
      text: expect.stringMatching(/milkround:0\.3\.0 does not exist, or is not public$/),
    });
    registry.images.set('/v2/dairy/milkround/manifests/0.1.8', []);
    registry.tokenField = 'access_token';
    expect(await found('image', image('0.1.8'))).toMatchObject({
      level: 'notice',
      text: expect.stringMatching(/milkround:0\.1\.8 is for one architecture, which was not checked$/),
    });
    registry.isPublic = false;
    const released = image('0.2.0');
    expect(await found('image', released)).toMatchObject({ level: 'problem' });
    await registry.stop();
    expect(await found('image', released)).toMatchObject({ level: 'notice' });
  });

  it('is run by npm run deploy -- --dry-run, which creates nothing', async () => {
    account.responses = { ...READY, [VCPU]: quota(1) };
    const options = ['--mail-domain', 'dairy.example', '--alarm-email', 'alarms@dairy.example', '--payments', STRIPE];
    const { code, output } = await dryRun(...options, '-c', 'size=large');
    expect(code).toBe(1);
    expect(output).toContain('problem  processors: Fargate allows 1 vCPU, and a deployment needs 10. Ask for more');
    expect(output).toContain('ok       credentials: account 111122223333, region ap-south-1');
    expect((await dryRun(...options, '-c', 'size=medium')).output).toContain('size must be one of tiny, small, large');
  });

  function dryRun(...options: string[]): Promise<{ code: number; output: string }> {
    const args = ['-r', './test/support/typescript.cjs', 'infra/aws/deploy.ts', '--dry-run', ...options];
    const env = { ...process.env, AWS_REGION: REGION };
    return new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: ROOT, env }, (error, stdout, stderr) => {
        resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
      });
    });
  }
});

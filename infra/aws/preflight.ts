import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { spawnSync } from 'node:child_process';
import type { Inputs } from './inputs';
import { architecturesOf } from './published-image';
import { SIZES, type TaskSize } from './sizes';

/** What a check found. A problem makes a deployment fail. A notice says what will not work yet, or what was not checked. */
export interface Finding {
  readonly check: string;
  readonly level: 'ok' | 'notice' | 'problem';
  readonly text: string;
  /** What to do. */
  readonly remedy?: string;
}

type Result = Omit<Finding, 'check'>;

/** The version that the CDK requires of the stack that `cdk bootstrap` creates. */
const MIN_BOOTSTRAP_VERSION = 6;
const BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';
const FARGATE_VCPU_QUOTA = { ServiceCode: 'fargate', QuotaCode: 'L-3032A538' };
const ADDRESS_QUOTA = { ServiceCode: 'ec2', QuotaCode: 'L-0263D0A3' };

/** Checks what a deployment needs in the account, and creates nothing. One finding for each check. */
export async function preflight(inputs: Inputs, region: string): Promise<readonly Finding[]> {
  const checks: Readonly<Record<string, () => Promise<Result> | Result>> = {
    credentials: () => checkCredentials(region),
    bootstrap: () => checkBootstrap(region),
    certificate: () => checkCertificate(inputs, region),
    'payment keys': () => checkPaymentKeys(inputs, region),
    'mail domain': () => checkMailDomain(inputs, region),
    'mail sandbox': () => checkMailSandbox(region),
    processors: () => checkProcessors(inputs, region),
    addresses: () => checkAddresses(inputs, region),
    image: () => (inputs.image === undefined ? checkImageBuilder() : checkPublishedImage(inputs.image)),
  };
  return Promise.all(
    Object.entries(checks).map(async ([check, run]) => {
      try {
        return { check, ...(await run()) };
      } catch (error) {
        return { check, ...uncheckedBecause(error) };
      }
    }),
  );
}

async function checkCredentials(region: string): Promise<Result> {
  try {
    const { Account: account } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
    return ok(`account ${account}, region ${region}`);
  } catch (error) {
    return problem(`AWS refuses the credentials: ${messageOf(error)}`, 'Sign in, for example with AWS_PROFILE');
  }
}

async function checkBootstrap(region: string): Promise<Result> {
  const remedy = `Run \`npx cdk bootstrap aws://<account>/${region}\``;
  try {
    const { Parameter } = await new SSMClient({ region }).send(new GetParameterCommand({ Name: BOOTSTRAP_PARAMETER }));
    const version = Number(Parameter?.Value);
    return version >= MIN_BOOTSTRAP_VERSION
      ? ok(`version ${version}`)
      : problem(`version ${version} is too old, at least ${MIN_BOOTSTRAP_VERSION} is needed`, remedy);
  } catch (error) {
    if (nameOf(error) === 'ParameterNotFound') return problem(`the CDK is not set up in ${region}`, remedy);
    throw error;
  }
}

async function checkCertificate({ domain }: Inputs, region: string): Promise<Result> {
  if (!domain) return ok('no custom domain');
  const certificateRegion = domain.certificateArn.split(':')[3] ?? '';
  if (certificateRegion !== region) {
    return problem(`it is in ${certificateRegion}, not in ${region}`, `Request one in ${region}, and set its ARN`);
  }
  try {
    const { Certificate } = await new ACMClient({ region }).send(
      new DescribeCertificateCommand({ CertificateArn: domain.certificateArn }),
    );
    const names = Certificate?.SubjectAlternativeNames ?? [];
    if (Certificate?.Status !== 'ISSUED') {
      return problem(`its status is ${Certificate?.Status}`, 'Add its validation record to the DNS, and wait');
    }
    if (!names.some((name) => covers(name, domain.name))) {
      return problem(`it is for ${names.join(', ')}, not for ${domain.name}`, `Request one for ${domain.name}`);
    }
    return ok(`issued for ${domain.name}`);
  } catch (error) {
    if (nameOf(error) !== 'ResourceNotFoundException') throw error;
    return problem('it does not exist in this account', 'Set the ARN of a certificate of this account');
  }
}

async function checkPaymentKeys({ stripeSecretArn }: Inputs, region: string): Promise<Result> {
  if (stripeSecretArn === undefined) return ok('none, since payments=sandbox');
  const secretRegion = stripeSecretArn.split(':')[3] ?? '';
  if (secretRegion !== region) {
    return problem(`the secret is in ${secretRegion}, not in ${region}`, `Create it in ${region}`);
  }
  try {
    await new SecretsManagerClient({ region }).send(new DescribeSecretCommand({ SecretId: stripeSecretArn }));
    return ok('the secret exists');
  } catch (error) {
    if (nameOf(error) !== 'ResourceNotFoundException') throw error;
    return problem('the secret does not exist', 'Create it (step 2 of the first deployment), and set its full ARN');
  }
}

async function checkMailDomain({ mailDomain, name }: Inputs, region: string): Promise<Result> {
  try {
    const { Tags = [] } = await new SESv2Client({ region }).send(
      new GetEmailIdentityCommand({ EmailIdentity: mailDomain }),
    );
    const isOurs = Tags.some(({ Key, Value }) => Key === 'milkround' && Value === name);
    return isOurs
      ? ok(`${mailDomain} belongs to this deployment`)
      : problem(`SES already has an identity ${mailDomain}`, 'Delete that identity, or use a subdomain for mail');
  } catch (error) {
    if (nameOf(error) === 'NotFoundException') return ok(`${mailDomain} is free`);
    throw error;
  }
}

async function checkMailSandbox(region: string): Promise<Result> {
  const { ProductionAccessEnabled } = await new SESv2Client({ region }).send(new GetAccountCommand({}));
  return ProductionAccessEnabled
    ? ok('SES delivers to every address')
    : notice('SES delivers only to verified addresses', 'Ask AWS for production access (step 6)');
}

/** A deployment runs old and new tasks at once. */
async function checkProcessors({ size }: Inputs, region: string): Promise<Result> {
  const services = Object.values<TaskSize>({ ...SIZES[size].services });
  const cpusOf = (count: 'min' | 'max') => services.reduce((sum, one) => sum + (one[count] * one.cpu) / 1_024, 0);
  const needed = 2 * cpusOf('min');
  const quota = await quotaOf(FARGATE_VCPU_QUOTA, region);
  const figures = `Fargate allows ${quota} vCPU`;
  const remedy = 'Ask for more in Service Quotas: Fargate On-Demand vCPU resource count';
  if (quota < needed) return problem(`${figures}, and a deployment needs ${needed}`, remedy);
  const most = cpusOf('max');
  return quota < most
    ? notice(`${figures}, and ${size} grows to ${most}`, remedy)
    : ok(`${figures}, and ${size} uses at most ${most}`);
}

async function checkAddresses({ size }: Inputs, region: string): Promise<Result> {
  const { natGateways } = SIZES[size];
  if (natGateways === 0) return ok(`${size} needs no Elastic IP address`);
  const quota = await quotaOf(ADDRESS_QUOTA, region);
  const figures = `EC2 allows ${quota} Elastic IP addresses in all, and ${size} needs ${natGateways}`;
  return quota < natGateways ? problem(figures, 'Ask for more in Service Quotas: EC2-VPC Elastic IPs') : ok(figures);
}

function checkImageBuilder(): Result {
  const builder = process.env.CDK_DOCKER ?? 'docker';
  const { status } = spawnSync(builder, ['version'], { stdio: 'ignore' });
  return status === 0
    ? ok(`${builder} builds it`)
    : problem(`${builder} does not run`, 'Start Docker, or set CDK_DOCKER=podman');
}

async function checkPublishedImage(image: string): Promise<Result> {
  const architectures = await architecturesOf(image);
  if (architectures === undefined) {
    return problem(`${image} does not exist, or is not public`, 'Check its name and version, or leave `image` out');
  }
  if (architectures.length === 0) {
    return notice(`${image} is for one architecture, which was not checked`, 'Make sure that it is arm64');
  }
  return architectures.includes('arm64')
    ? ok(`${image} exists`)
    : problem(`${image} is not for arm64`, 'Publish it with infra/release/push-image.sh');
}

async function quotaOf(quota: { ServiceCode: string; QuotaCode: string }, region: string): Promise<number> {
  const { Quota } = await new ServiceQuotasClient({ region }).send(new GetServiceQuotaCommand(quota));
  if (Quota?.Value === undefined) throw new Error('AWS does not tell the quota');
  return Quota.Value;
}

function covers(certificateName: string, domain: string): boolean {
  if (!certificateName.startsWith('*.')) return certificateName === domain;
  return certificateName.slice(1) === domain.slice(domain.indexOf('.'));
}

function uncheckedBecause(error: unknown): Result {
  return notice(`not checked: ${messageOf(error)}`, 'Use credentials that may read it, or check it yourself');
}

const ok = (text: string): Result => ({ level: 'ok', text });
const notice = (text: string, remedy: string): Result => ({ level: 'notice', text, remedy });
const problem = (text: string, remedy: string): Result => ({ level: 'problem', text, remedy });

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

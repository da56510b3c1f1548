import { isSupportedCountry } from 'libphonenumber-js/max';
import { SMS_TYPES } from '../../src/modules/notification/domain/notification';
import { SMS_PROVIDERS, type SmsProvider } from '../../src/modules/notification/domain/sms-provider';
import { type SizeName, SIZES } from './sizes';

/** Looks up a value of the CDK context, which comes from `-c name=value` or cdk.json. */
export type ContextLookup = (name: string) => unknown;

export interface Domain {
  readonly name: string;
  readonly certificateArn: string;
}

/** The inputs of a deployment. The first three are required; the others have defaults. */
export interface Inputs {
  /** The sender's domain: mail comes from `milk@<mailDomain>`. */
  readonly mailDomain: string;
  readonly alarmEmail: string;
  /** The secret with the Stripe keys; undefined for the sandbox, which moves no money. */
  readonly stripeSecretArn: string | undefined;
  /** For Stripe's form in the shop. Empty: the shop takes the wallet and cash only. */
  readonly stripePublishableKey: string;
  /** The confirmation of the sandbox, from the environment of the deployment. */
  readonly sandboxConfirmation: string | undefined;
  /** Prefix of all names, so that one account can hold several deployments. */
  readonly name: string;
  readonly size: SizeName;
  /** A published image of the application, for ARM64. Without one, the machine that deploys builds it. */
  readonly image: string | undefined;
  /** A custom domain for the API; without one, API Gateway assigns an address. */
  readonly domain: Domain | undefined;
  readonly signIn: 'own' | 'cognito';
  /** Whether every admin needs a second factor. */
  readonly adminMfa: 'optional' | 'required';
  readonly currency: string;
  readonly timezone: string;
  /** The country of phone numbers without a country code. */
  readonly country: string;
  /** The shards of a generation run. */
  readonly generationShards: string;
  readonly webOrigins: string;
  readonly passwordResetUrl: string | undefined;
  readonly emailVerificationUrl: string | undefined;
  /** Availability zones of the network; by default, the first ones of the region. */
  readonly zones: readonly string[];
  /** Receives traces and metrics by OpenTelemetry. */
  readonly otlpEndpoint: string | undefined;
  /** The messages that are also sent as SMS. */
  readonly smsTypes: string;
  readonly smsPerMonth: string;
  /** The service that sends SMS. End User Messaging also reports whether they arrive. */
  readonly smsProvider: SmsProvider;
  /** Hours of the time zone in which SMS wait that are not urgent, or `none`. */
  readonly smsQuietHours: string;
  /** As registered with the telecom operators. With End User Messaging, or the id of a pool or phone number. */
  readonly smsSenderId: string | undefined;
  readonly smsEntityId: string | undefined;
  readonly smsTemplateIds: string;
  /** The spend on SMS in a month, in US$, at which an alarm fires. */
  readonly smsBudget: number;
  /** The costs of the account in a month, in US$, at which a mail is sent. */
  readonly monthlyBudget: number;
  /** The runbook of the deployed version, to which alarms link. */
  readonly runbookUrl: string;
  /** Whether a function asks the public address of the API every minute. */
  readonly probe: 'on' | 'off';
  /** Whether all events are published on an EventBridge bus. */
  readonly eventBus: 'on' | 'off';
  /** The prefix of the tables that the services use. Others than `<name>-` were restored by `npm run restore`. */
  readonly tablePrefix: string;
  /** `locked`: daily backups that not even an administrator of the account can delete. */
  readonly backup: 'none' | 'locked';
  /** A vault in another account or region for copies of the backups. */
  readonly backupCopyVaultArn: string | undefined;
}

export const REQUIRED_INPUTS = {
  mailDomain: { option: 'mail-domain', description: 'the domain of the sender address, such as milkround.example' },
  alarmEmail: { option: 'alarm-email', description: 'the e-mail address that receives alarms' },
  payments: {
    option: 'payments',
    description: 'the full ARN of the secret with the Stripe keys, or `sandbox`, which moves no money',
  },
} as const;

const IMAGE_DESCRIPTION = 'a public image with a version or digest, such as ghcr.io/<owner>/milkround:0.2.0';
/** The application checks the same word when it starts. */
const SANDBOX_CONFIRMATION = 'yes-no-money-moves';
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const SECRET = /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-\w{6}$/;
const CERTIFICATE = /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/;
const VAULT = /^arn:aws:backup:[a-z0-9-]+:\d{12}:backup-vault:[\w-]+$/;
/** A sender id has up to 11 characters. */
const SMS_SENDER = /^(?:[A-Za-z0-9_-]{1,11}|(?:pool|phone)-[A-Za-z0-9]{1,64})$/;
/** What follows the name of the deployment: another deployment may have a longer name. */
const RESTORED_PREFIX = /^r\d[a-zA-Z0-9]{0,18}-$/;
/** Registry, name, and a tag or a digest: without them, the image would change by itself. */
const IMAGE =
  /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?:\/[a-z0-9._-]+)+(?::(?!latest$)\w[\w.-]*|@sha256:[0-9a-f]{64})$/;
const ZONES = /^[a-z0-9-]+-\d[a-z]$/;
/** The application checks more when it starts. */
const QUIET_HOURS = /^(?:none|(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d)$/;
const PUBLISHABLE_KEY = /^(?:pk_[\x21-\x7e]+)?$/;
const GENERATION_SHARDS = /^(?:8|16|24|32|40|48|56|64|72|80|88|96|104|112|120|128)$/;
const SIZE_NAMES = Object.keys(SIZES) as SizeName[];

/** Invalid inputs, with one line per problem. */
export class InvalidInputs extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Reads the inputs from the context. The sandbox also needs a confirmation in the environment, so that a word in cdk.json
 * or a copied command is not enough to give milk away.
 */
export function readInputs(
  lookup: ContextLookup,
  { SANDBOX_IN_PRODUCTION: confirmation }: Readonly<Record<string, string | undefined>> = process.env,
): Inputs {
  const problems: string[] = [];
  const optional = (name: string): string | undefined => {
    const value = lookup(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const matching = (name: string, fallback: string, pattern: RegExp, description: string): string => {
    const value = optional(name) ?? fallback;
    if (!pattern.test(value)) problems.push(`${name} must be ${description}`);
    return value;
  };
  const required = (name: keyof typeof REQUIRED_INPUTS, pattern: RegExp): string => {
    if (optional(name) !== undefined) return matching(name, '', pattern, REQUIRED_INPUTS[name].description);
    problems.push(`${name} is missing: ${REQUIRED_INPUTS[name].description}`);
    return '';
  };
  const choice = <T extends string>(name: string, choices: readonly T[], fallback: T): T => {
    const value = optional(name) ?? fallback;
    const chosen = choices.find((candidate) => candidate === value);
    if (chosen === undefined) problems.push(`${name} must be one of ${choices.join(', ')}`);
    return chosen ?? fallback;
  };
  const list = (name: string, isValid: (item: string) => boolean, description: string): string[] => {
    const values = (optional(name) ?? '').split(',').flatMap((part) => part.trim() || []);
    if (!values.every(isValid)) problems.push(`${name} must be ${description}`);
    return values;
  };
  const url = (name: string, pattern: RegExp, description: string): string | undefined => {
    const value = optional(name);
    if (value !== undefined && !(pattern.test(value) && URL.canParse(value)))
      problems.push(`${name} must be ${description}`);
    return value;
  };
  const timezone = (): string => {
    const value = optional('timezone') ?? 'Asia/Kolkata';
    if (!isTimeZone(value)) problems.push('timezone must be an IANA time zone such as Asia/Kolkata');
    return value;
  };
  const country = (): string => {
    const value = optional('country') ?? 'IN';
    if (!isSupportedCountry(value)) problems.push('country must be the two-letter code of a country, such as IN');
    return value;
  };
  const domain = (): Domain | undefined => {
    if (optional('domain') === undefined && optional('certificate') === undefined) return undefined;
    return {
      name: matching('domain', '', DOMAIN, 'a domain, set together with its certificate'),
      certificateArn: matching(
        'certificate',
        '',
        CERTIFICATE,
        "the ARN of the domain's certificate, in the same region",
      ),
    };
  };

  const payments = required('payments', new RegExp(`^sandbox$|${SECRET.source}`));
  if (payments === 'sandbox' && confirmation !== SANDBOX_CONFIRMATION) {
    problems.push(
      `payments=sandbox moves no money. Confirm it with SANDBOX_IN_PRODUCTION=${SANDBOX_CONFIRMATION} in the environment`,
    );
  }
  const size = choice('size', SIZE_NAMES, 'small');
  const monthlyBudget = String(SIZES[size].monthlyBudget);
  const name = matching(
    'name',
    'milkround',
    /^[a-z][a-z0-9-]{0,19}$/,
    'up to 20 lower-case letters, digits and hyphens',
  );
  const inputs: Inputs = {
    mailDomain: required('mailDomain', DOMAIN),
    alarmEmail: required('alarmEmail', EMAIL),
    stripeSecretArn: payments === 'sandbox' ? undefined : payments,
    stripePublishableKey: matching('stripePublishableKey', '', PUBLISHABLE_KEY, 'a publishable key of Stripe, pk_…'),
    sandboxConfirmation: payments === 'sandbox' ? confirmation : undefined,
    name,
    size,
    image: optional('image') === undefined ? undefined : matching('image', '', IMAGE, IMAGE_DESCRIPTION),
    domain: domain(),
    signIn: choice('signIn', ['own', 'cognito'], 'own'),
    adminMfa: choice('adminMfa', ['optional', 'required'], 'optional'),
    currency: matching('currency', 'INR', /^[A-Z]{3}$/, 'a three-letter currency code such as INR'),
    timezone: timezone(),
    country: country(),
    generationShards: matching('generationShards', '8', GENERATION_SHARDS, 'a multiple of 8 from 8 to 128'),
    webOrigins: list('webOrigins', isOrigin, 'origins such as https://dairy.example, comma-separated').join(','),
    passwordResetUrl: url('passwordResetUrl', /^https:/, 'an https URL'),
    emailVerificationUrl: url('emailVerificationUrl', /^https:/, 'an https URL'),
    zones: list('zones', (zone) => ZONES.test(zone), 'availability zones such as ap-south-1a, comma-separated'),
    otlpEndpoint: url('otlpEndpoint', /^https?:/, 'the URL of an OTLP endpoint over HTTP'),
    smsTypes: list('smsTypes', (type) => isOneOf(SMS_TYPES, type), `out of ${SMS_TYPES.join(', ')}`).join(','),
    smsPerMonth: matching('smsPerMonth', '10000', /^\d{1,9}$/, 'a whole number'),
    smsProvider: choice('smsProvider', SMS_PROVIDERS, 'sns'),
    smsQuietHours: matching('smsQuietHours', '21:00-08:00', QUIET_HOURS, 'none, or times such as 21:00-08:00'),
    smsSenderId: optional('smsSenderId'),
    smsEntityId: optional('smsEntityId'),
    smsTemplateIds: list(
      'smsTemplateIds',
      (entry) => isOneOf(SMS_TYPES, entry.split('=')[0]) && /=\d{1,50}$/.test(entry),
      'types with the ids of templates, such as DELIVERY_UPDATE=1107161234567890123, comma-separated',
    ).join(','),
    smsBudget: Number(matching('smsBudget', '50', /^[1-9]\d{0,5}$/, 'a whole number of US$')),
    monthlyBudget: Number(matching('monthlyBudget', monthlyBudget, /^[1-9]\d{0,6}$/, 'a whole number of US$')),
    runbookUrl: url('runbookUrl', /^https:/, 'an https URL') ?? 'docs/runbook.md',
    probe: choice('probe', ['on', 'off'], 'on'),
    eventBus: choice('eventBus', ['on', 'off'], 'off'),
    tablePrefix: optional('tablePrefix') ?? `${name}-`,
    backup: choice('backup', ['none', 'locked'], 'none'),
    backupCopyVaultArn: optional('backupCopyVault'),
  };
  const ownPrefix = `${name}-`;
  const isRestoredPrefix =
    inputs.tablePrefix.startsWith(ownPrefix) && RESTORED_PREFIX.test(inputs.tablePrefix.slice(ownPrefix.length));
  if (inputs.tablePrefix !== ownPrefix && !isRestoredPrefix) {
    problems.push(
      `tablePrefix must be ${ownPrefix}, or that of restored tables, such as ${ownPrefix}r20261130T143000-`,
    );
  }
  if (inputs.backupCopyVaultArn !== undefined && !VAULT.test(inputs.backupCopyVaultArn)) {
    problems.push('backupCopyVault must be the ARN of a backup vault');
  }
  if (inputs.backupCopyVaultArn !== undefined && inputs.backup === 'none') {
    problems.push('backupCopyVault needs backup=locked');
  }
  if (inputs.smsProvider === 'end-user-messaging' && !SMS_SENDER.test(inputs.smsSenderId ?? '')) {
    problems.push(
      'smsSenderId must be a sender id, or the id of a pool or phone number, for smsProvider=end-user-messaging',
    );
  }
  const { zones } = SIZES[inputs.size];
  if (inputs.zones.length > 0 && inputs.zones.length < zones) {
    problems.push(`zones must list at least ${zones} zones for size ${inputs.size}`);
  }
  if (problems.length > 0) throw new InvalidInputs(problems);
  return inputs;
}

function isOneOf(choices: readonly string[], text: string | undefined): boolean {
  return choices.some((choice) => choice === text);
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

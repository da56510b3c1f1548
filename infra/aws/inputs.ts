import { type SizeName, SIZES } from './sizes';

/** How a value of the CDK's context is looked up: `-c name=value`, or what stands in cdk.json. */
export type ContextLookup = (name: string) => unknown;

export interface Domain {
  readonly name: string;
  readonly certificateArn: string;
}

/** What a deployment is told. The first three nobody else can know; the rest has a default. */
export interface Inputs {
  /** The domain that mails come from: `milk@<mailDomain>`. */
  readonly mailDomain: string;
  readonly alarmEmail: string;
  /** The secret that holds the keys of Stripe; undefined for the sandbox, which moves no money. */
  readonly stripeSecretArn: string | undefined;
  /** Before the name of everything, so that an account can hold several dairies. */
  readonly name: string;
  readonly size: SizeName;
  /** The API's own domain; else it has the one that API Gateway gives it. */
  readonly domain: Domain | undefined;
  readonly signIn: 'own' | 'cognito';
  readonly currency: string;
  readonly timezone: string;
  readonly webOrigins: string;
  readonly passwordResetUrl: string | undefined;
  /** Where the network lies; else in the first zones of the region. */
  readonly zones: readonly string[];
  /** Who takes traces and metrics by OpenTelemetry. */
  readonly otlpEndpoint: string | undefined;
}

/** The three inputs that `npm run deploy` asks for, each with what it is. */
export const REQUIRED_INPUTS = {
  mailDomain: { option: 'mail-domain', what: 'the domain that mails come from, such as milkround.example' },
  alarmEmail: { option: 'alarm-email', what: 'who is told when something is wrong' },
  payments: {
    option: 'payments',
    what: 'the ARN of the secret with the keys of Stripe, or `sandbox`, which moves no money',
  },
} as const;

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const SECRET = /^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-\w{6}$/;
const CERTIFICATE = /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/;
const ZONES = /^[a-z0-9-]+-\d[a-z]$/;
const SIZE_NAMES = Object.keys(SIZES) as SizeName[];

/** What is wrong with the inputs, a line each. */
export class InvalidInputs extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

export function readInputs(lookup: ContextLookup): Inputs {
  const problems: string[] = [];
  const optional = (name: string): string | undefined => {
    const value = lookup(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const matching = (name: string, fallback: string, pattern: RegExp, what: string): string => {
    const value = optional(name) ?? fallback;
    if (!pattern.test(value)) problems.push(`${name} must be ${what}`);
    return value;
  };
  const required = (name: keyof typeof REQUIRED_INPUTS, pattern: RegExp): string => {
    if (optional(name) !== undefined) return matching(name, '', pattern, REQUIRED_INPUTS[name].what);
    problems.push(`${name} is missing: ${REQUIRED_INPUTS[name].what}`);
    return '';
  };
  const choice = <T extends string>(name: string, choices: readonly T[], fallback: T): T => {
    const value = optional(name) ?? fallback;
    const chosen = choices.find((one) => one === value);
    if (chosen === undefined) problems.push(`${name} must be one of ${choices.join(', ')}`);
    return chosen ?? fallback;
  };
  const list = (name: string, isRight: (one: string) => boolean, what: string): string[] => {
    const values = (optional(name) ?? '').split(',').flatMap((part) => part.trim() || []);
    if (!values.every(isRight)) problems.push(`${name} must be ${what}`);
    return values;
  };
  const url = (name: string, pattern: RegExp, what: string): string | undefined => {
    const value = optional(name);
    if (value !== undefined && !(pattern.test(value) && URL.canParse(value))) problems.push(`${name} must be ${what}`);
    return value;
  };
  const timezone = (): string => {
    const value = optional('timezone') ?? 'Asia/Kolkata';
    if (!isTimeZone(value)) problems.push('timezone must be an IANA time zone such as Asia/Kolkata');
    return value;
  };
  const domain = (): Domain | undefined => {
    if (optional('domain') === undefined && optional('certificate') === undefined) return undefined;
    return {
      name: matching('domain', '', DOMAIN, 'a domain, given together with its certificate'),
      certificateArn: matching(
        'certificate',
        '',
        CERTIFICATE,
        "the ARN of the domain's certificate, in the same region",
      ),
    };
  };

  const payments = required('payments', new RegExp(`^sandbox$|${SECRET.source}`));
  const inputs: Inputs = {
    mailDomain: required('mailDomain', DOMAIN),
    alarmEmail: required('alarmEmail', EMAIL),
    stripeSecretArn: payments === 'sandbox' ? undefined : payments,
    name: matching('name', 'milkround', /^[a-z][a-z0-9-]{0,19}$/, 'up to 20 lower-case letters, digits and hyphens'),
    size: choice('size', SIZE_NAMES, 'small'),
    domain: domain(),
    signIn: choice('signIn', ['own', 'cognito'], 'own'),
    currency: matching('currency', 'INR', /^[A-Z]{3}$/, 'the three letters of a currency'),
    timezone: timezone(),
    webOrigins: list('webOrigins', isOrigin, 'origins such as https://dairy.example, comma-separated').join(','),
    passwordResetUrl: url('passwordResetUrl', /^https:/, 'a page that begins with https:'),
    zones: list('zones', (one) => ZONES.test(one), 'zones such as ap-south-1a, comma-separated'),
    otlpEndpoint: url('otlpEndpoint', /^https?:/, 'the URL of an OTLP endpoint over HTTP'),
  };
  const { zones } = SIZES[inputs.size];
  if (inputs.zones.length > 0 && inputs.zones.length < zones) {
    problems.push(`zones must be at least ${zones} for size ${inputs.size}`);
  }
  if (problems.length > 0) throw new InvalidInputs(problems);
  return inputs;
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

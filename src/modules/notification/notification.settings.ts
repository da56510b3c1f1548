import { TIME_PATTERN } from '../../kernel/calendar';
import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import type { EnvReader } from '../../platform/config/env-reader';
import { matching } from '../../platform/config/text-formats';
import { SMS_TYPES } from './domain/notification';
import { SMS_PROVIDERS } from './domain/sms-provider';
import type { QuietHours } from './domain/quiet-hours';
import { QUEUE_FILTERS } from './domain/urgency';
import { declareQueue, declareTopicQueue } from '../../platform/queue/declare-queue';

const ADDRESS = /[\w.!#$%&'*+/=?^{|}~-]+@[a-z\d-]+(?:\.[a-z\d-]+)*/.source;
/** Checked at the start, so that SES can only reject the address of a recipient as malformed. */
const SENDER = matching(
  new RegExp(`^(?:${ADDRESS}|[^<>\\r\\n]*<${ADDRESS}>)$`, 'i'),
  'an e-mail address, or a name with an address such as Dairy <milk@dairy.example>',
);

/** `21:00-08:00`, or `none`. */
function readQuietHours(env: EnvReader): QuietHours | undefined {
  const text = env.text('SMS_QUIET_HOURS', '21:00-08:00');
  if (text === 'none') return undefined;
  const [from = '', to = '', ...more] = text.split('-');
  if (more.length > 0 || from === to || ![from, to].every((time) => TIME_PATTERN.test(time))) {
    env.addProblem('SMS_QUIET_HOURS must be none, or two different times of day such as 21:00-08:00');
  }
  return { from, to };
}

/** `DELIVERY_UPDATE=1107…,LOW_BALANCE=1107…`. */
function readTemplateIds(env: EnvReader): ReadonlyMap<string, string> {
  const entries = env.commaSeparated('SMS_TEMPLATE_IDS').map((entry) => entry.split('='));
  if (!entries.every(([type, id]) => SMS_TYPES.some((known) => known === type) && /^\d{1,50}$/.test(id ?? ''))) {
    env.addProblem(
      `SMS_TEMPLATE_IDS must be types with the ids of templates, such as ${SMS_TYPES[0]}=1107161234567890123`,
    );
  }
  return new Map(entries.map(([type = '', id = '']) => [type, id]));
}

/** End User Messaging sends nothing without a sender. */
function readSmsProvider(env: EnvReader) {
  const smsProvider = env.choice('SMS_PROVIDER', SMS_PROVIDERS, 'sns');
  const smsSenderId = env.optional('SMS_SENDER_ID');
  if (smsProvider === 'end-user-messaging' && smsSenderId === undefined) {
    env.addProblem('SMS_SENDER_ID is missing, which SMS_PROVIDER=end-user-messaging needs');
  }
  return { smsProvider, smsSenderId };
}

export const NOTIFICATION_SETTINGS = declareSettings('notification', (env) => ({
  passwordResetUrl: env.url('PASSWORD_RESET_URL'),
  emailVerificationUrl: env.url('EMAIL_VERIFICATION_URL'),
  /** Mails to an address. The limits of SMS derive from it. */
  messagesPerHour: env.integer('MESSAGES_PER_HOUR', 80, { min: 1, max: 1_000 }),
  /** The same for a user who has not verified their e-mail. A day has twice as many. */
  unverifiedMessagesPerHour: env.integer('UNVERIFIED_MESSAGES_PER_HOUR', 20, { min: 1, max: 100 }),
  /** Countries write amounts differently. The user module checks it. */
  country: env.text('DEFAULT_COUNTRY', 'IN'),
  /** Mails that all tasks send together in a second. 0: what SES allows. */
  sesMaxPerSecond: env.integer('SES_MAX_PER_SECOND', 0, { min: 0, max: 10_000 }),
  /** SMS cost more than anything else, so outside local use they are off until they are chosen. */
  smsTypes: env.choices('SMS_TYPES', SMS_TYPES, env.isProduction ? [] : SMS_TYPES),
  /** SMS of all customers in a month. After that, only failures are sent. */
  smsPerMonth: env.integer('SMS_PER_MONTH', 10_000, { min: 0, max: 100_000_000 }),
  /** With End User Messaging, the sender may also be the id of a pool or of a phone number. */
  ...readSmsProvider(env),
  /** Reports of SMS need it. */
  smsConfigurationSet: env.optional('SMS_CONFIGURATION_SET'),
  /** In the business time zone. */
  smsQuietHours: readQuietHours(env),
  /** Registered with the telecom operators, which India requires (DLT). The sender is registered too. */
  smsEntityId: env.optional('SMS_ENTITY_ID'),
  smsTemplateIds: readTemplateIds(env),
  mailFrom: env.text('MAIL_FROM', env.localDefault('Milkround <milk@milkround.test>'), SENDER),
}));

export type NotificationSettings = SettingsOf<typeof NOTIFICATION_SETTINGS>;

const TOPIC = { topicArn: 'NOTIFICATION_TOPIC_ARN' };

export const NOTIFICATION_QUEUE = declareTopicQueue(
  'notifications',
  { url: 'NOTIFICATION_QUEUE_URL', ...TOPIC },
  { topic: 'notifications', filter: QUEUE_FILTERS.URGENT },
);

/** Thousands of confirmations in this queue do not delay the messages in the other one. */
export const ROUTINE_QUEUE = declareTopicQueue(
  'notifications-routine',
  { url: 'ROUTINE_NOTIFICATION_QUEUE_URL', ...TOPIC },
  { topic: 'notifications', filter: QUEUE_FILTERS.ROUTINE },
);

/** Bounces and complaints, which SES publishes to a topic of its own. */
export const RETURNED_MAIL_QUEUE = declareQueue('mail-returned', { url: 'RETURNED_MAIL_QUEUE_URL' });

/** The delivery status of SMS, which End User Messaging publishes to a topic of its own. */
export const SMS_STATUS_QUEUE = declareQueue('sms-status', { url: 'SMS_STATUS_QUEUE_URL' });

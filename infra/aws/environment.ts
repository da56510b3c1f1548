import { CLIENT_ADDRESS_HEADER } from './network/api-gateway';
import type { DataStack } from './data-stack';
import type { Inputs } from './inputs';
import { namespaceOf } from './monitoring/logs';
import { APP_PORT, NETWORK_CIDR } from './network/network';
import { SIZES } from './sizes';

interface EnvironmentProps {
  readonly inputs: Inputs;
  readonly data: DataStack;
  readonly publicUrl: string;
  readonly region: string;
}

/** The environment variables of every task, without roles and secrets. See docs/configuration.md. */
export function environmentOf({ inputs, data, publicUrl, region }: EnvironmentProps): Record<string, string> {
  const { messaging, storage, mail, sms, signIn, eventBus } = data;
  return withoutEmpty({
    NODE_ENV: 'production',
    PORT: `${APP_PORT}`,
    PUBLIC_URL: publicUrl,
    TRUSTED_PROXIES: NETWORK_CIDR,
    CLIENT_ADDRESS_HEADER,
    DRAIN_SECONDS: `${SIZES[inputs.size].drainSeconds}`,
    CORS_ORIGINS: inputs.webOrigins,
    CURRENCY: inputs.currency,
    BUSINESS_TIMEZONE: inputs.timezone,
    DEFAULT_COUNTRY: inputs.country,
    GENERATION_SHARDS: inputs.generationShards,
    AWS_REGION: region,
    METRICS_NAMESPACE: namespaceOf(inputs.name),
    OTEL_EXPORTER_OTLP_ENDPOINT: inputs.otlpEndpoint,
    TABLE_PREFIX: inputs.tablePrefix,
    ANALYTICS_QUEUE_URL: messaging.analytics.queue.queueUrl,
    GENERATION_QUEUE_URL: messaging.generation.queue.queueUrl,
    INVOICE_QUEUE_URL: messaging.invoices.queue.queueUrl,
    INVOICE_BUCKET: storage.invoices.name,
    EVENT_BUCKET: storage.events.name,
    REPORT_BUCKET: storage.reports.name,
    NOTIFICATION_QUEUE_URL: messaging.notifications.queue.queueUrl,
    ROUTINE_NOTIFICATION_QUEUE_URL: messaging.routineNotifications.queue.queueUrl,
    RETURNED_MAIL_QUEUE_URL: messaging.returnedMail.queue.queueUrl,
    SMS_STATUS_QUEUE_URL: messaging.smsStatus.queue.queueUrl,
    NOTIFICATION_TOPIC_ARN: messaging.notificationTopic.topicArn,
    EVENT_BUS_NAME: eventBus?.eventBusName,
    MAIL_FROM: mail.from,
    SMS_PROVIDER: inputs.smsProvider,
    SMS_CONFIGURATION_SET: sms?.configurationSet,
    SMS_TYPES: inputs.smsTypes,
    SMS_PER_MONTH: inputs.smsPerMonth,
    SMS_QUIET_HOURS: inputs.smsQuietHours,
    SMS_SENDER_ID: inputs.smsSenderId,
    SMS_ENTITY_ID: inputs.smsEntityId,
    SMS_TEMPLATE_IDS: inputs.smsTemplateIds,
    PASSWORD_RESET_URL: inputs.passwordResetUrl,
    ADMIN_MFA: inputs.adminMfa,
    EMAIL_VERIFICATION_URL: inputs.emailVerificationUrl,
    AUTH_ISSUER: signIn?.issuer,
    AUTH_AUDIENCE: signIn?.audience,
    PAYMENT_GATEWAY: inputs.stripeSecretArn ? 'stripe' : 'sandbox',
    STRIPE_PUBLISHABLE_KEY: inputs.stripePublishableKey,
    SANDBOX_IN_PRODUCTION: inputs.sandboxConfirmation,
  });
}

function withoutEmpty(variables: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}

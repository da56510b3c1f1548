import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import { declareTopicQueue } from '../../platform/queue/declare-queue';

export const NOTIFICATION_SETTINGS = declareSettings('notification', (env) => ({
  passwordResetUrl: env.url('PASSWORD_RESET_URL'),
  mailFrom: env.text('MAIL_FROM', env.localDefault('Milkround <milk@milkround.test>')),
}));

export type NotificationSettings = SettingsOf<typeof NOTIFICATION_SETTINGS>;

export const NOTIFICATION_QUEUE = declareTopicQueue('notifications', {
  url: 'NOTIFICATION_QUEUE_URL',
  topicArn: 'NOTIFICATION_TOPIC_ARN',
});

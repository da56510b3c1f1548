import Handlebars from 'handlebars';
import type { NotificationType } from './domain/notification';
import { HTML_LAYOUT, TEXT_LAYOUT } from './email-layout';

/** Templates of a mail. Their values are the notification's data, a `greeting` of the recipient, and secrets of the mail. */
interface EmailTemplate {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Text to copy, on a line of its own. */
  readonly code?: string;
  /** Label of a button to `link`, if there is one. */
  readonly button?: string;
}

const PREFERENCES_NOTE = 'You can turn off these e-mails in your profile.';

const VERIFICATION_NOTE =
  '{{#if token}}{{#unless link}}Send it to POST {{api}}/user/verify. {{/unless}}' +
  'It works for seven days. If you did not create this account, ignore this e-mail: without the code, this address ' +
  'only gets messages about orders.{{/if}}';

const EMAIL_TEMPLATES: Readonly<Record<NotificationType, EmailTemplate>> = {
  WELCOME_EMAIL: {
    subject: 'Welcome to Milkround',
    paragraphs: [
      'Your account is ready. Choose what you like, tell us when to come, and find fresh milk at your door.' +
        '{{#if token}} Please confirm that this e-mail address is yours with this code.{{/if}}',
      VERIFICATION_NOTE,
    ],
    code: '{{token}}',
    button: 'Confirm my e-mail address',
  },
  EMAIL_VERIFICATION: {
    subject: 'Confirm your e-mail address for Milkround',
    paragraphs: [
      '{{greeting}}, {{#if token}}please confirm that this e-mail address is yours with this code.' +
        '{{else}}your e-mail address is already confirmed. There is nothing left to do.{{/if}}',
      VERIFICATION_NOTE,
    ],
    code: '{{token}}',
    button: 'Confirm my e-mail address',
  },
  INVITATION: {
    subject: 'You are invited to Milkround',
    paragraphs: [
      '{{greeting}}, the dairy has created an account for you. Use this code to choose your password.',
      '{{#unless link}}Send it with your password to POST {{api}}/user/password/reset. {{/unless}}' +
        'It works once, within seven days. After that, request a new one with “Forgot password”.',
    ],
    code: '{{token}}',
    button: 'Choose your password',
  },
  PASSWORD_RESET: {
    subject: 'Reset your Milkround password',
    paragraphs: [
      '{{greeting}}, use this code to set a new Milkround password. You get it because a new password was requested ' +
        'for your account.',
      '{{#unless link}}Send it with your new password to POST {{api}}/user/password/reset. {{/unless}}' +
        'It works once, within an hour. If you did not request it, you can ignore this e-mail: your password stays the same.',
    ],
    code: '{{token}}',
    button: 'Choose a new password',
  },
  // Without a link, so that people do not learn to follow links in such mails.
  PASSWORD_CHANGED: {
    subject: 'Your Milkround password was changed',
    paragraphs: [
      '{{greeting}}, the password of your account was changed, and all devices were signed out. If you did that, all is well.',
      'If you did not, open Milkround as usual, choose “Forgot password” to set a new one, and tell the dairy.',
      '{{#if contactsCleared}}Your e-mail address had not been confirmed before. For your safety, we removed the phone ' +
        'number and delivery address that were stored. Please enter yours again, and check your orders and ' +
        'subscriptions.{{/if}}',
    ],
  },
  SECOND_FACTOR_CHANGED: {
    subject: 'Your Milkround sign-in {{#if isActive}}now{{else}}no longer{{/if}} needs a code',
    paragraphs: [
      '{{greeting}}, {{#if isActive}}each sign-in to your account now needs a code from an authenticator app' +
        '{{else}}the second factor of your account was removed, so sign-in only needs the password{{/if}}. ' +
        'If you or the dairy did that, all is well.',
      'If you did not, open Milkround as usual, choose “Forgot password” to set a new one, and tell the dairy.',
    ],
  },
  ORDER_CONFIRMED: {
    subject: '{{#if added}}Added to your order {{orderNumber}}{{else}}Order {{orderNumber}} confirmed{{/if}}',
    paragraphs: [
      '{{greeting}}, {{#if added}}good news: {{added}} is available after all. We have added it to your order ' +
        'for {{amount}}.{{else}}your order for {{amount}} is confirmed. We’ll deliver it in your chosen slot.{{/if}}' +
        '{{#if missing}} Sold out, and not charged: {{missing}}.{{#if retryUntil}} If it is back in stock by ' +
        '{{retryUntil}} on the day of delivery, we’ll add it.{{/if}}{{/if}}',
      PREFERENCES_NOTE,
    ],
  },
  ORDER_CANCELLED: {
    subject: 'Order {{orderNumber}} cancelled',
    paragraphs: [
      '{{greeting}}, your order for {{amount}} has been cancelled.' +
        '{{#if moneyBack}} If you have already paid, we’ll refund the money to the payment method you used.{{/if}}',
      PREFERENCES_NOTE,
    ],
  },
  PAYMENT_FAILED: {
    subject: '{{#if orderNumber}}Payment for order {{orderNumber}} failed{{else}}Your wallet top-up failed{{/if}}',
    paragraphs: [
      '{{greeting}}, the payment of {{amount}} did not go through, and nothing was charged. ' +
        'Please try again, or choose another payment method.' +
        '{{#if orderNumber}} An order that stays unpaid is cancelled after a while.{{/if}}',
      PREFERENCES_NOTE,
    ],
  },
  REFUND_FAILED: {
    subject: 'Your refund is in your wallet',
    paragraphs: [
      '{{greeting}}, your bank returned the refund to us. You can use the {{amount}} in your wallet for your next ' +
        'orders. If you would rather have it paid out, contact us.',
      PREFERENCES_NOTE,
    ],
  },
  DELIVERY_UPDATE: {
    subject: 'Update on your order {{orderNumber}}',
    paragraphs: ['{{greeting}}, this is the latest status of your delivery.', PREFERENCES_NOTE],
  },
  LOW_BALANCE: {
    subject: 'Your Milkround wallet is running low',
    paragraphs: [
      '{{greeting}}, {{#if shortOn}}your wallet balance will not cover your delivery on {{shortOn}}' +
        '{{else}}your wallet balance has fallen below {{threshold}}{{/if}}. Orders from your wallet can’t be placed ' +
        'without enough balance. You can change the alert level in your wallet settings.',
      PREFERENCES_NOTE,
    ],
  },
  SUBSCRIPTION_CREATED: {
    subject: 'Your subscription is set up',
    paragraphs: [
      '{{greeting}}, your subscription begins on {{startDate}}. You can pause it, skip a day or change it ' +
        'until the evening before a delivery.',
      PREFERENCES_NOTE,
    ],
  },
  SUBSCRIPTION_PAUSED: {
    subject: 'Your subscription is paused',
    paragraphs: [
      '{{greeting}}, your deliveries are paused from {{from}}. ' +
        '{{#if to}}They resume automatically after {{to}}.{{else}}Resume your subscription when you want them again.{{/if}}',
      PREFERENCES_NOTE,
    ],
  },
  DELIVERY_SKIPPED: {
    subject: 'No delivery on {{date}}',
    paragraphs: [
      '{{greeting}}, your subscription has no delivery on {{date}}.' +
        '{{#if until}} We’ll check again at {{until}}. Nothing is charged before then.{{/if}}',
      PREFERENCES_NOTE,
    ],
  },
};

type TemplateValues = Readonly<Record<string, unknown>>;
type CompiledTemplate = (values: TemplateValues) => string;

const layouts = { text: compileText(TEXT_LAYOUT), html: compileHtml(HTML_LAYOUT) };
const compiledTemplates = new Map(Object.entries(EMAIL_TEMPLATES).map(([type, mail]) => [type, compileEmail(mail)]));

/** Renders the subject of a mail and its body as text and HTML. The HTML escapes everything that users wrote. */
export function renderEmail(type: NotificationType, message: string, values: TemplateValues) {
  const template = compiledTemplates.get(type);
  if (!template) throw new Error(`No e-mail template for ${type}`);
  const bodyOf = (form: 'text' | 'html') =>
    layouts[form]({
      message,
      paragraphs: template.paragraphs.map((paragraph) => paragraph[form](values)).filter((text) => text !== ''),
      code: template.code?.(values),
      button: template.button,
      link: template.button && values.link,
    });
  return { subject: template.subject(values), text: bodyOf('text'), html: bodyOf('html') };
}

function compileEmail({ subject, paragraphs, code, button }: EmailTemplate) {
  return {
    subject: compileText(subject),
    paragraphs: paragraphs.map(compileBoth),
    code: code === undefined ? undefined : compileText(code),
    button,
  };
}

function compileBoth(template: string) {
  return { text: compileText(template), html: compileHtml(template) };
}

function compileText(template: string): CompiledTemplate {
  return Handlebars.compile(template, { noEscape: true });
}

function compileHtml(template: string): CompiledTemplate {
  return Handlebars.compile(template);
}

import Handlebars from 'handlebars';
import type { NotificationType } from './domain/notification';
import { HTML_LAYOUT, TEXT_LAYOUT } from './email-layout';

/** A mail's templates: they see the notification's data, the recipient's `name`, and what only the mail may show. */
interface EmailTemplate {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Something to be copied, on a line of its own. */
  readonly code?: string;
  /** The label of a button to `link`, when there is one. */
  readonly button?: string;
}

const PREFERENCES_NOTE = 'You choose in your profile which of these messages you get.';

const EMAIL_TEMPLATES: Readonly<Record<NotificationType, EmailTemplate>> = {
  WELCOME_EMAIL: {
    subject: 'Welcome to Milkround',
    paragraphs: [
      'Your account is ready. Choose what you like, tell us when to come, and find fresh milk at your door.',
    ],
  },
  PASSWORD_RESET: {
    subject: 'Reset your Milkround password',
    paragraphs: [
      'Hello {{name}}, choose a password: somebody, we hope you, has asked for a new one, or the dairy has just made your ' +
        'account. This is your reset token:',
      '{{#unless link}}Send it with your new password to POST {{api}}/user/password/reset. {{/unless}}' +
        'It works once, for an hour. If it was not you who asked, there is nothing to do: your password stays.',
    ],
    code: '{{token}}',
    button: 'Choose a new password',
  },
  ORDER_CONFIRMED: {
    subject: 'Order {{orderId}} confirmed',
    paragraphs: [
      'Hello {{name}}, your order over {{amount}} is confirmed. We bring it in the slot you chose.',
      PREFERENCES_NOTE,
    ],
  },
  ORDER_CANCELLED: {
    subject: 'Order {{orderId}} cancelled',
    paragraphs: [
      'Hello {{name}}, your order over {{amount}} is cancelled.' +
        '{{#if moneyBack}} If it was paid, the money goes back to where it came from.{{/if}}',
      PREFERENCES_NOTE,
    ],
  },
  PAYMENT_FAILED: {
    subject: '{{#if orderId}}Payment for order {{orderId}} failed{{else}}Your wallet top-up failed{{/if}}',
    paragraphs: [
      'Hello {{name}}, the payment of {{amount}} did not go through, and nothing was charged. ' +
        'Try again soon, or choose another way to pay' +
        '{{#if orderId}}: an unpaid order is cancelled after a while{{/if}}.',
      PREFERENCES_NOTE,
    ],
  },
  DELIVERY_UPDATE: {
    subject: 'News of your order {{orderId}}',
    paragraphs: ['Hello {{name}}, this is the latest news of your delivery.', PREFERENCES_NOTE],
  },
  LOW_BALANCE: {
    subject: 'Your Milkround wallet is running low',
    paragraphs: [
      'Hello {{name}}, {{#if shortOn}}as your subscriptions stand, your balance does not pay for the delivery on ' +
        '{{shortOn}}{{else}}your balance has fallen below {{threshold}}{{/if}}, and what is paid from your wallet cannot ' +
        'be ordered when it is empty. You choose in the settings of your wallet below which balance we tell you.',
      PREFERENCES_NOTE,
    ],
  },
  SUBSCRIPTION_CREATED: {
    subject: 'Your subscription {{subscriptionId}}',
    paragraphs: [
      'Hello {{name}}, your subscription begins on {{startDate}}. Whenever you are away, want more or want less, ' +
        'pause it, skip a day or change it by the evening before.',
      PREFERENCES_NOTE,
    ],
  },
  SUBSCRIPTION_PAUSED: {
    subject: 'Your subscription {{subscriptionId}} is paused',
    paragraphs: [
      'Hello {{name}}, from {{from}} on we bring nothing. ' +
        '{{#if to}}After {{to}} we come again by ourselves.{{else}}Resume it when you want us to come again.{{/if}}',
      PREFERENCES_NOTE,
    ],
  },
  DELIVERY_SKIPPED: {
    subject: 'No delivery on {{date}}',
    paragraphs: [
      'Hello {{name}}, your subscription {{subscriptionId}} brings nothing on {{date}}.' +
        '{{#if until}} We look once more at {{until}} whether your wallet holds enough; nothing is charged before.{{/if}}',
      PREFERENCES_NOTE,
    ],
  },
};

type TemplateValues = Readonly<Record<string, unknown>>;
type CompiledTemplate = (words: TemplateValues) => string;

const layouts = { text: compileText(TEXT_LAYOUT), html: compileHtml(HTML_LAYOUT) };
const compiledTemplates = new Map(Object.entries(EMAIL_TEMPLATES).map(([type, mail]) => [type, compileEmail(mail)]));

/** The subject of a mail, and its body as text and as HTML; in HTML everything that people wrote is escaped. */
export function renderEmail(type: NotificationType, message: string, values: TemplateValues) {
  const template = compiledTemplates.get(type);
  if (!template) throw new Error(`There is no mail for ${type}`);
  const bodyOf = (form: 'text' | 'html') =>
    layouts[form]({
      message,
      paragraphs: template.paragraphs.map((paragraph) => paragraph[form](values)),
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

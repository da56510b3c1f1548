import Handlebars from 'handlebars';
import { HTML_LAYOUT, TEXT_LAYOUT } from './notification.layout';
import type { NotificationType } from './notification';

/** A mail's templates: they see the notification's data, the recipient's `name`, and what only the mail may show. */
interface Mail {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Something to be copied, on a line of its own. */
  readonly code?: string;
  /** The label of a button to `link`, when there is one. */
  readonly button?: string;
}

const PREFERENCES = 'You choose in your profile which of these messages you get.';

const MAILS: Readonly<Record<NotificationType, Mail>> = {
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
      PREFERENCES,
    ],
  },
  ORDER_CANCELLED: {
    subject: 'Order {{orderId}} cancelled',
    paragraphs: [
      'Hello {{name}}, your order over {{amount}} is cancelled.' +
        '{{#if moneyBack}} If it was paid, the money goes back to where it came from.{{/if}}',
      PREFERENCES,
    ],
  },
  PAYMENT_FAILED: {
    subject: '{{#if orderId}}Payment for order {{orderId}} failed{{else}}Your wallet top-up failed{{/if}}',
    paragraphs: [
      'Hello {{name}}, the payment of {{amount}} did not go through, and nothing was charged. ' +
        'Try again soon, or choose another way to pay' +
        '{{#if orderId}}: an unpaid order is cancelled after a while{{/if}}.',
      PREFERENCES,
    ],
  },
  DELIVERY_UPDATE: {
    subject: 'News of your order {{orderId}}',
    paragraphs: ['Hello {{name}}, this is the latest news of your delivery.', PREFERENCES],
  },
  LOW_BALANCE: {
    subject: 'Your Milkround wallet is running low',
    paragraphs: [
      'Hello {{name}}, {{#if shortOn}}as your subscriptions stand, your balance does not pay for the delivery on ' +
        '{{shortOn}}{{else}}your balance has fallen below {{threshold}}{{/if}}, and what is paid from your wallet cannot ' +
        'be ordered when it is empty. You choose in the settings of your wallet below which balance we tell you.',
      PREFERENCES,
    ],
  },
  SUBSCRIPTION_CREATED: {
    subject: 'Your subscription {{subscriptionId}}',
    paragraphs: [
      'Hello {{name}}, your subscription begins on {{startDate}}. Whenever you are away, want more or want less, ' +
        'pause it, skip a day or change it by the evening before.',
      PREFERENCES,
    ],
  },
  SUBSCRIPTION_PAUSED: {
    subject: 'Your subscription {{subscriptionId}} is paused',
    paragraphs: [
      'Hello {{name}}, from {{from}} on we bring nothing. ' +
        '{{#if to}}After {{to}} we come again by ourselves.{{else}}Resume it when you want us to come again.{{/if}}',
      PREFERENCES,
    ],
  },
  DELIVERY_SKIPPED: {
    subject: 'No delivery on {{date}}',
    paragraphs: [
      'Hello {{name}}, your subscription {{subscriptionId}} brings nothing on {{date}}.' +
        '{{#if until}} We look once more at {{until}} whether your wallet holds enough; nothing is charged before.{{/if}}',
      PREFERENCES,
    ],
  },
};

type Words = Readonly<Record<string, unknown>>;
type Template = (words: Words) => string;

const layouts = { text: compileText(TEXT_LAYOUT), html: compileHtml(HTML_LAYOUT) };
const mails = new Map(Object.entries(MAILS).map(([type, mail]) => [type, compiled(mail)]));

/** The subject of a mail, and its body as text and as HTML; in HTML everything that people wrote is escaped. */
export function composeMail(type: NotificationType, message: string, words: Words) {
  const mail = mails.get(type);
  if (!mail) throw new Error(`There is no mail for ${type}`);
  const bodyOf = (form: 'text' | 'html') =>
    layouts[form]({
      message,
      paragraphs: mail.paragraphs.map((paragraph) => paragraph[form](words)),
      code: mail.code?.(words),
      button: mail.button,
      link: mail.button && words.link,
    });
  return { subject: mail.subject(words), text: bodyOf('text'), html: bodyOf('html') };
}

function compiled({ subject, paragraphs, code, button }: Mail) {
  return {
    subject: compileText(subject),
    paragraphs: paragraphs.map(both),
    code: code === undefined ? undefined : compileText(code),
    button,
  };
}

function both(template: string) {
  return { text: compileText(template), html: compileHtml(template) };
}

function compileText(template: string): Template {
  return Handlebars.compile(template, { noEscape: true });
}

function compileHtml(template: string): Template {
  return Handlebars.compile(template);
}

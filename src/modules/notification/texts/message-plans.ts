import type { Notification, NotificationType } from '../domain/notification';
import type { TextKey } from './catalogue';

/** A text that is only said if a value is there, and is not `no`. */
interface ConditionalText {
  readonly when: string;
  readonly say: TextKey;
}

export type Choice = TextKey | ConditionalText;

/** A text, or the first of several that lacks no value. */
export type Sentence = Choice | { readonly oneOf: readonly Choice[] };

/** The texts of a message. */
export interface MessagePlan {
  /** The subject of the mail. */
  readonly subject: Sentence;
  /** The first line of the mail, and the whole SMS. Only its first sentence is required. */
  readonly headline: readonly [Sentence, ...Sentence[]];
  readonly paragraphs: readonly (readonly Sentence[])[];
  /** Label of the button, if the mail has a link. */
  readonly button?: TextKey;
}

const when = (value: string, say: TextKey): ConditionalText => ({ when: value, say });

const oneOf = (...choices: readonly Choice[]): Sentence => ({ oneOf: choices });

const VERIFICATION_NOTE = [when('api', 'verification_api'), when('token', 'verification_validity')];

/** Types that have different texts, depending on the data. */
type Variant = 'DAY' | 'DAY_CHANGED' | 'LINES_ADDED' | 'TOP_UP_FAILED' | 'DELIVERED' | 'DELIVERY_FAILED';

/** All orders of a customer on a date, and what does not come. */
const DAY: MessagePlan = {
  subject: 'day_subject',
  headline: [oneOf('day_headline', 'confirmed_headline')],
  paragraphs: [
    [
      oneOf('day_confirmed', 'confirmed'),
      oneOf('confirmed_items_slot', 'day_stops'),
      'day_charged',
      'day_to_pay',
      'confirmed_missing',
      when('missing', 'confirmed_missing_retry'),
    ],
    ['day_skipped', when('skipped', 'day_skipped_retry')],
  ],
};

const PLANS: Readonly<Record<NotificationType | Variant, MessagePlan>> = {
  WELCOME_EMAIL: {
    subject: 'welcome_subject',
    headline: [oneOf('welcome_headline_by_name', 'welcome_headline')],
    paragraphs: [['welcome', when('token', 'welcome_verify')], VERIFICATION_NOTE],
    button: 'verification_button',
  },
  EMAIL_VERIFICATION: {
    subject: 'verification_subject',
    headline: ['verification_headline'],
    paragraphs: [[oneOf(when('token', 'verification_request'), 'verification_done')], VERIFICATION_NOTE],
    button: 'verification_button',
  },
  INVITATION: {
    subject: 'invitation_subject',
    headline: ['invitation_headline'],
    paragraphs: [['invitation'], [when('api', 'invitation_api'), 'invitation_validity']],
    button: 'invitation_button',
  },
  PASSWORD_RESET: {
    subject: 'reset_subject',
    headline: ['reset_headline'],
    paragraphs: [['reset'], [when('api', 'reset_api'), 'reset_validity']],
    button: 'reset_button',
  },
  // Without a link, so that people do not learn to follow links in such mails.
  PASSWORD_CHANGED: {
    subject: 'password_changed_subject',
    headline: ['password_changed_headline'],
    paragraphs: [['password_changed'], ['not_me'], [when('contactsCleared', 'contacts_cleared')]],
  },
  SECOND_FACTOR_CHANGED: {
    subject: 'second_factor_subject',
    headline: ['second_factor_headline'],
    paragraphs: [['second_factor'], ['not_me']],
  },
  ORDER_CONFIRMED: {
    subject: 'confirmed_subject',
    headline: ['confirmed_headline'],
    paragraphs: [
      [
        'confirmed',
        oneOf('confirmed_items_slot', 'confirmed_slot', 'confirmed_chosen_slot'),
        'confirmed_missing',
        when('missing', 'confirmed_missing_retry'),
      ],
    ],
  },
  DAY,
  DAY_CHANGED: { ...DAY, subject: 'day_changed', headline: ['day_changed'] },
  LINES_ADDED: {
    subject: 'added_subject',
    headline: ['added_headline'],
    paragraphs: [['added']],
  },
  ORDER_CANCELLED: {
    subject: 'cancelled_subject',
    headline: ['cancelled_headline'],
    paragraphs: [['cancelled', when('moneyBack', 'cancelled_refund')]],
  },
  PAYMENT_FAILED: {
    subject: 'payment_failed_subject',
    headline: ['payment_failed_headline'],
    paragraphs: [['payment_failed', 'payment_failed_order']],
  },
  TOP_UP_FAILED: {
    subject: 'top_up_failed_subject',
    headline: ['top_up_failed_headline'],
    paragraphs: [['payment_failed']],
  },
  REFUND_FAILED: {
    subject: 'refund_failed_subject',
    headline: ['refund_failed_headline'],
    paragraphs: [['refund_failed']],
  },
  INVOICE_READY: {
    subject: 'invoice_subject',
    headline: ['invoice_headline'],
    paragraphs: [['invoice']],
  },
  CREDIT_NOTE: {
    subject: 'credit_note_subject',
    headline: ['credit_note_headline'],
    paragraphs: [['credit_note']],
  },
  DELIVERY_UPDATE: {
    subject: oneOf('door_subject', 'delivery_subject'),
    headline: [oneOf('door_headline', 'delivery_headline')],
    paragraphs: [[oneOf('delivery_planned', 'delivery_latest')]],
  },
  DELIVERED: {
    subject: oneOf('door_subject', 'delivery_subject'),
    headline: [oneOf('door_delivered_headline', 'delivered_headline')],
    paragraphs: [['delivered']],
  },
  DELIVERY_FAILED: {
    subject: oneOf('door_subject', 'delivery_subject'),
    headline: [oneOf('door_failed_headline', 'delivery_failed_headline')],
    paragraphs: [['delivery_failed']],
  },
  LOW_BALANCE: {
    subject: 'low_balance_subject',
    headline: [oneOf('low_balance_headline_covers', 'low_balance_headline_short', 'low_balance_headline')],
    paragraphs: [[oneOf('low_balance_short', 'low_balance'), 'low_balance_advice']],
  },
  SUBSCRIPTION_CREATED: {
    subject: 'subscribed_subject',
    headline: ['subscribed_headline'],
    paragraphs: [['subscribed']],
  },
  SUBSCRIPTION_PAUSED: {
    subject: 'paused_subject',
    headline: [oneOf('paused_headline_until', 'paused_headline')],
    paragraphs: [['paused', oneOf('paused_until', 'paused_open')]],
  },
  DELIVERY_SKIPPED: {
    subject: 'skipped_subject',
    headline: [oneOf('skipped_headline', 'day_skipped_headline'), 'skipped_offer'],
    paragraphs: [['skipped', oneOf('skipped_retry', 'day_skipped_retry')]],
  },
};

export function planOf({ type, data }: Pick<Notification, 'type' | 'data'>): MessagePlan {
  return PLANS[variantOf(type, data) ?? type];
}

function variantOf(type: NotificationType, data: Notification['data']): Variant | undefined {
  const { added, date, isUpdate, orderId, status } = data;
  if (type === 'ORDER_CONFIRMED' && added !== undefined) return 'LINES_ADDED';
  if (type === 'ORDER_CONFIRMED' && date !== undefined) return isUpdate === true ? 'DAY_CHANGED' : 'DAY';
  if (type === 'PAYMENT_FAILED' && orderId === undefined) return 'TOP_UP_FAILED';
  if (type === 'DELIVERY_UPDATE' && status === 'DELIVERED') return 'DELIVERED';
  return type === 'DELIVERY_UPDATE' && status === 'FAILED' ? 'DELIVERY_FAILED' : undefined;
}

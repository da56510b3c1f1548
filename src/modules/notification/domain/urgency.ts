import type { NotificationType } from './notification';

/** Urgent messages have a queue of their own, and a share of the sending rate that the others cannot use. */
export type Urgency = 'URGENT' | 'ROUTINE';

const URGENCIES: Readonly<Record<NotificationType, Urgency>> = {
  WELCOME_EMAIL: 'URGENT',
  EMAIL_VERIFICATION: 'URGENT',
  INVITATION: 'URGENT',
  PASSWORD_RESET: 'URGENT',
  PASSWORD_CHANGED: 'URGENT',
  SECOND_FACTOR_CHANGED: 'URGENT',
  ORDER_CANCELLED: 'URGENT',
  PAYMENT_FAILED: 'URGENT',
  // Thousands at a time: in the morning, in the evening, or at the end of a month.
  DELIVERY_UPDATE: 'ROUTINE',
  ORDER_CONFIRMED: 'ROUTINE',
  DELIVERY_SKIPPED: 'ROUTINE',
  LOW_BALANCE: 'ROUTINE',
  INVOICE_READY: 'ROUTINE',
  CREDIT_NOTE: 'ROUTINE',
  REFUND_FAILED: 'ROUTINE',
  SUBSCRIPTION_CREATED: 'ROUTINE',
  SUBSCRIPTION_PAUSED: 'ROUTINE',
};

export function urgencyOf(type: NotificationType): Urgency {
  return URGENCIES[type];
}

/**
 * Which messages of the topic each queue gets, by their attribute `urgency`. Messages of earlier versions have none, and
 * may be urgent.
 */
export const QUEUE_FILTERS = {
  URGENT: { urgency: [{ exists: false }, 'URGENT'] },
  ROUTINE: { urgency: ['ROUTINE'] },
} as const satisfies Record<Urgency, object>;

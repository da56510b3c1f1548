import { orderNumberOf } from '../../../kernel/ids';
import { optionalKindOf } from '../domain/message-kind';
import type { Notification } from '../domain/notification';
import type { TextKey } from './catalogue';
import { type Choice, type MessagePlan, planOf, type Sentence } from './message-plans';
import { onOneLine, type Values, type Wording } from './wording';

/** What a message says about the dairy and its recipient, beside the data of the notification. */
export interface MessageFacts {
  readonly dairy: { readonly name: string; readonly email?: string; readonly phone?: string };
  /** The name of the recipient. Undefined if the message must not show it. */
  readonly name?: string;
  /** A secret to copy. */
  readonly token?: string;
  /** Link to the page that takes the token. */
  readonly link?: string;
  /** URL of the API, which takes the token if there is no page. */
  readonly api?: string;
  /** Link that turns off messages of this kind. */
  readonly unsubscribeLink?: string;
}

/** A message in the words of one language. Each text is plain, on one line. */
export interface MessageTexts {
  readonly subject: string;
  /** The first line of the mail, and the whole SMS. */
  readonly headline: string;
  readonly paragraphs: readonly string[];
  readonly code?: string;
  readonly button?: string;
  readonly link?: string;
  readonly dairy: string;
  readonly footer: readonly string[];
  /** Text of the link that turns off messages of this kind. */
  readonly unsubscribe?: string;
  readonly unsubscribeLink?: string;
}

type Draft = Pick<Notification, 'type' | 'data'>;

/** The first line of a message. Undefined if a version that wrote less data has queued it. */
export function headlineOf(draft: Draft, facts: MessageFacts, wording: Wording): string | undefined {
  const [required, ...optional] = planOf(draft).headline;
  const values = valuesOf(draft, facts, wording);
  const first = say(required, values, wording);
  return first && paragraphOf([required, ...optional], values, wording);
}

/** Puts a message into the words of a language. Its first line is `headline`. */
export function messageTextsOf(draft: Draft, headline: string, facts: MessageFacts, wording: Wording): MessageTexts {
  const plan = planOf(draft);
  const values = valuesOf(draft, facts, wording);
  const { name: dairy, email, phone } = facts.dairy;
  const help = ['help_by_email_or_phone', 'help_by_email', 'help_by_phone'] as const;
  const footer = [wording.say('footer', values), wording.sayFirst(help, { email, phone })];
  return {
    subject: say(plan.subject, values, wording) ?? headline,
    headline,
    paragraphs: paragraphsOf(plan, values, wording),
    code: facts.token,
    button: plan.button && wording.say(plan.button),
    link: plan.button && facts.link,
    dairy: onOneLine(dairy),
    footer: footer.filter((line) => line !== undefined),
    unsubscribe: wording.say('unsubscribe', {
      topic: wording.say('unsubscribe_topic', { kind: optionalKindOf(draft) }),
    }),
    unsubscribeLink: facts.unsubscribeLink,
  };
}

function paragraphsOf({ paragraphs }: MessagePlan, values: Values, wording: Wording): string[] {
  return paragraphs.map((paragraph) => paragraphOf(paragraph, values, wording)).filter((text) => text !== '');
}

function paragraphOf(sentences: readonly Sentence[], values: Values, wording: Wording): string {
  return sentences.flatMap((sentence) => say(sentence, values, wording) ?? []).join(' ');
}

function say(sentence: Sentence, values: Values, wording: Wording): string | undefined {
  const choices = typeof sentence === 'object' && 'oneOf' in sentence ? sentence.oneOf : [sentence];
  return wording.sayFirst(
    choices.flatMap((choice) => keyOf(choice, values) ?? []),
    values,
  );
}

/** Undefined if the condition of the text is not met. */
function keyOf(choice: Choice, values: Values): TextKey | undefined {
  if (typeof choice === 'string') return choice;
  const value = values[choice.when];
  return value === undefined || value === 'no' ? undefined : choice.say;
}

const PROGRESS = ['PICKED_UP', 'IN_TRANSIT'];

function valuesOf({ data }: Draft, { dairy, name, token, link, api }: MessageFacts, wording: Wording): Values {
  const { orderId, orderIds, invoiceNumber, creditNoteNumber, deliveries, status, reason, method } = data;
  const { isActive, contactsCleared, moneyBack } = data;
  return {
    dairy: dairy.name,
    name,
    greeting: wording.sayFirst(['greeting_by_name', 'greeting'], { name }),
    token,
    api: token !== undefined && link === undefined ? api : undefined,
    orderNumber: typeof orderId === 'string' ? orderNumberOf(orderId) : undefined,
    invoiceNumber: typeof invoiceNumber === 'string' ? invoiceNumber : undefined,
    creditNoteNumber: typeof creditNoteNumber === 'string' ? creditNoteNumber : undefined,
    count: Array.isArray(orderIds) ? orderIds.length : undefined,
    amount: wording.amount(data.amount),
    charged: wording.amount(data.charged),
    toPay: wording.amount(data.toPay),
    balance: wording.amount(data.balance),
    threshold: wording.amount(data.threshold),
    items: wording.lines(data.items),
    missing: wording.lines(data.missing),
    added: wording.lines(data.added),
    skipped: wording.skips(data.skipped),
    skippedRetry: wording.time(data.skippedRetryAt),
    stops: wording.stops(data.stops),
    slot: wording.moment(data.deliverySlot),
    door: data.door !== undefined ? wording.moment(data.deliverySlot) : undefined,
    retry: retryOf(data, wording),
    date: wording.date(data.date),
    from: wording.date(data.from),
    to: wording.date(data.to),
    startDate: wording.date(data.startDate),
    nextDeliveryDate: wording.date(data.nextDeliveryDate),
    shortOn: wording.date(data.shortOn),
    deliveries: typeof deliveries === 'number' && deliveries > 0 ? deliveries : undefined,
    progress: PROGRESS.some((known) => known === status) ? String(status) : undefined,
    reason: typeof reason === 'string' ? reason : undefined,
    method: typeof method === 'string' ? method : undefined,
    isActive: yesOrNo(isActive),
    contactsCleared: yesOrNo(contactsCleared),
    moneyBack: yesOrNo(moneyBack),
  };
}

/** The local time of a retry. Earlier versions wrote `04:00`, or `04:00 on that day`. */
function retryOf({ retryAt, retryUntil, until }: Notification['data'], wording: Wording): string | undefined {
  const earlier = typeof until === 'string' ? until.split(' ')[0] : retryUntil;
  return wording.time(retryAt ?? earlier);
}

function yesOrNo(value: unknown): string {
  return value === true ? 'yes' : 'no';
}

import { Inject, Injectable } from '@nestjs/common';
import { LANGUAGES, type Language } from '../../kernel/language';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { type Dairy, DairyService } from '../dairy';
import { type Contact, type OptionalKind, UserService } from '../user';
import { optionalKindOf } from './domain/message-kind';
import { nameInMailTo } from './domain/name-in-mail';
import type { Draft, Notification, NotificationType } from './domain/notification';
import { renderEmail } from './mail/render-email';
import { NOTIFICATION_SETTINGS, type NotificationSettings } from './notification.settings';
import { headlineOf, type MessageFacts, messageTextsOf } from './texts/message-texts';
import { smsTextOf } from './texts/sms-text';
import { type UnsubscribeTexts, unsubscribeTextsOf } from './texts/unsubscribe-texts';
import { onOneLine, Wording } from './texts/wording';
import { UnsubscribeTokens } from './unsubscribe/unsubscribe-tokens.service';

/** Types of mails that contain a token which verifies the e-mail. */
const VERIFYING_TYPES: readonly NotificationType[] = ['WELCOME_EMAIL', 'EMAIL_VERIFICATION'];

/** Writes mails and SMS in the language of their recipient, in the name of the dairy. */
@Injectable()
export class MessageWriter {
  private readonly wordings: Readonly<Record<Language, Wording>>;

  constructor(
    private readonly users: UserService,
    private readonly dairies: DairyService,
    private readonly unsubscribeTokens: UnsubscribeTokens,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings,
  ) {
    const { currency, zone: timeZone } = config;
    const locality = { currency, country: settings.country, timeZone };
    this.wordings = Object.fromEntries(
      LANGUAGES.map((language) => [language, new Wording(language, locality)]),
    ) as Record<Language, Wording>;
  }

  /** The `message` of a notification, in English. `name` is that of the recipient, if the message may show it. */
  async announcementOf(draft: Draft, name: string | undefined): Promise<string> {
    const facts = { dairy: await this.dairies.get(), name };
    const headline = headlineOf(draft, facts, this.wordings.en);
    // An event of a newer version may have a status that this one does not know.
    return headline ?? messageTextsOf(draft, draft.type, facts, this.wordings.en).subject;
  }

  /** The mail, with the link that turns off its kind if that is optional. */
  async emailTo(contact: Contact, notification: Notification) {
    const dairy = await this.dairies.get();
    const { wording, headline } = this.headlineFor(contact, notification, dairy);
    const token = this.tokenIn(notification, contact);
    const unsubscribeLink = this.unsubscribeLinkIn(notification);
    const facts = {
      unsubscribeLink,
      ...factsOf(dairy, contact),
      ...(token !== undefined && { token, link: this.linkWith(token, notification.type), api: this.config.publicUrl }),
    };
    const texts = messageTextsOf(notification, headline, facts, wording);
    return { ...renderEmail(texts, wording.language), unsubscribeLink };
  }

  async smsTo(contact: Contact, notification: Notification): Promise<string> {
    return smsTextOf(this.headlineFor(contact, notification, await this.dairies.get()).headline);
  }

  /** The words of the page for unsubscribing. */
  async unsubscribeTexts(contact: Contact, kind: OptionalKind): Promise<UnsubscribeTexts> {
    const { name, language } = await this.dairies.get();
    return unsubscribeTextsOf(kind, name, this.wordings[contact.language ?? language]);
  }

  /**
   * The first line, and the words for the rest. A message that an earlier version queued may lack what the first line
   * needs. Then the English one that came with it is used, and all of the message is in English.
   */
  private headlineFor(contact: Contact, notification: Notification, dairy: Dairy) {
    const wording = this.wordings[contact.language ?? dairy.language];
    const headline = headlineOf(notification, factsOf(dairy, contact), wording);
    return headline === undefined
      ? { wording: this.wordings.en, headline: onOneLine(notification.message) }
      : { wording, headline };
  }

  /** The secret of a mail, if its type has one. An invited user proves their e-mail with the invitation. */
  private tokenIn({ type, data: { resetId } }: Notification, contact: Contact): string | undefined {
    if (typeof resetId === 'string') return this.users.resetTokenOf(resetId);
    const isVerifying = VERIFYING_TYPES.includes(type) && !contact.emailVerified && !contact.invited;
    return isVerifying ? this.users.verificationTokenOf(contact) : undefined;
  }

  private unsubscribeLinkIn(notification: Notification): string | undefined {
    const kind = optionalKindOf(notification);
    if (kind === undefined) return undefined;
    const address = new URL(`${this.config.publicUrl}/notification/unsubscribe`);
    address.searchParams.set('token', this.unsubscribeTokens.tokenFor({ userId: notification.userId, kind }));
    return address.href;
  }

  /** Link to the page that takes a token, if `PASSWORD_RESET_URL` or `EMAIL_VERIFICATION_URL` is set. */
  private linkWith(token: string, type: NotificationType): string | undefined {
    const { passwordResetUrl, emailVerificationUrl } = this.settings;
    const page = VERIFYING_TYPES.includes(type) ? emailVerificationUrl : passwordResetUrl;
    if (page === undefined) return undefined;
    const address = new URL(page);
    address.searchParams.set('token', token);
    return address.href;
  }
}

function factsOf(dairy: Dairy, contact: Contact): MessageFacts {
  return { dairy, name: nameInMailTo(contact) };
}

import { Injectable } from '@nestjs/common';
import { type Contact, MessageOptOuts, UserService } from '../../user';
import { InvalidUnsubscribeToken } from '../domain/notification.errors';
import { MessageWriter } from '../message-writer.service';
import { renderUnsubscribePage } from './unsubscribe-page';
import { type Unsubscription, UnsubscribeTokens } from './unsubscribe-tokens.service';

/** Turns off a kind of mail by the link in a mail (RFC 8058). */
@Injectable()
export class UnsubscribeService {
  constructor(
    private readonly tokens: UnsubscribeTokens,
    private readonly users: UserService,
    private readonly optOuts: MessageOptOuts,
    private readonly writer: MessageWriter,
  ) {}

  /** The page that asks for a confirmation. Changes nothing: `notification.invalid_unsubscribe_token`. */
  async ask(token: string): Promise<string> {
    const { contact, kind } = await this.verify(token);
    const { question: text, ...texts } = await this.writer.unsubscribeTexts(contact, kind);
    return renderUnsubscribePage({ ...texts, text });
  }

  /**
   * Turns off the kind of mail that the token names, and returns a page that says so:
   * `notification.invalid_unsubscribe_token`. Does nothing if it is off. Emits `user.updated`.
   */
  async unsubscribe(token: string): Promise<string> {
    const { contact, kind } = await this.verify(token);
    await this.optOuts.turnOff(contact.userId, 'email', kind);
    const { done: text, language, title } = await this.writer.unsubscribeTexts(contact, kind);
    return renderUnsubscribePage({ language, title, text });
  }

  private async verify(token: string): Promise<Pick<Unsubscription, 'kind'> & { contact: Contact }> {
    const unsubscription = this.tokens.parse(token);
    const contact = unsubscription && (await this.users.contactOf(unsubscription.userId));
    if (!contact) throw new InvalidUnsubscribeToken();
    return { contact, kind: unsubscription.kind };
  }
}

import { randomInt } from 'node:crypto';
import { orderNumberOf } from '../../../src/kernel/ids';
import type { TestApp } from '../../support/test-app';

export interface Mail {
  readonly subject: string;
  readonly from: string;
  readonly body: { readonly text: string; readonly html: string };
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
}

interface StoredMail extends Mail {
  readonly destination: { readonly to: string[] };
}

interface StoredSms {
  readonly to: string;
  readonly message: string;
}

async function fetchStore<T>(endpoint: string | undefined): Promise<T> {
  const response = await fetch(`${endpoint}/store`);
  return (await response.json()) as T;
}

/** The mails to an address with a matching subject, oldest first. */
export async function mailsTo(email: string, subject: RegExp): Promise<Mail[]> {
  // Reads the emulator directly, not through a proxy of the test.
  const { emails } = await fetchStore<{ emails: StoredMail[] }>(process.env.SES_ENDPOINT);
  return emails.filter(({ destination, ...mail }) => destination.to.includes(email) && subject.test(mail.subject));
}

const VERIFICATION_TOKEN = /^([\w-]+\.\d{10}\.[\w-]+)$/m;

/** The tokens in the mails to an address that verify it, oldest first. */
export async function verificationTokensTo(email: string): Promise<string[]> {
  const mails = await mailsTo(email, /Welcome|Confirm/);
  return mails.flatMap(({ body }) => VERIFICATION_TOKEN.exec(body.text)?.[1] ?? []);
}

/** A registered customer with their mails and SMS. */
export class CustomerInbox {
  private constructor(
    readonly userId: string,
    readonly email: string,
    readonly phone: string,
    private readonly app: TestApp,
  ) {}

  static async register(
    app: TestApp,
    name = 'Jimmy',
    { phonePrefix = '+91', domain = 'milkround.test', verified = true } = {},
  ): Promise<CustomerInbox> {
    // The mail and SMS emulators keep the messages of all tests.
    const unique = `9${String(randomInt(10 ** 9)).padStart(9, '0')}`;
    const email = `jimmy${unique}@${domain}`;
    const phone = `${phonePrefix}${unique.slice(phonePrefix.length - '+91'.length)}`;
    const { body } = await app.http
      .post('/user/register', { name, email, password: 'a good long one', phone })
      .expect(201);
    await app.settled();
    // The address of a refused domain gets no mail.
    const [token] = verified ? await verificationTokensTo(email) : [];
    if (token) await app.http.post('/user/verify', { token }).expect(204);
    return new CustomerInbox(body.userId as string, email, phone, app);
  }

  async mails(subject: RegExp): Promise<Mail[]> {
    return mailsTo(this.email, subject);
  }

  /** The mails with the number of an order in their subject. */
  async mailsAbout(orderId: string): Promise<Mail[]> {
    return this.mails(new RegExp(orderNumberOf(orderId)));
  }

  async smsMessages(): Promise<string[]> {
    const sent = await fetchStore<StoredSms[]>(process.env.SMS_ENDPOINT);
    return sent.filter(({ to }) => to === this.phone).map(({ message }) => message);
  }

  /** Changes the phone number. Its SMS are in another inbox. */
  async changePhone(phone: string): Promise<void> {
    await this.app.as('CUSTOMER', this.userId).patch('/user/profile', { phone }).expect(200);
  }

  async setPreferences(notifications: { email?: boolean; sms?: boolean }): Promise<void> {
    await this.app.as('CUSTOMER', this.userId).patch('/user/profile', { notifications }).expect(200);
  }
}

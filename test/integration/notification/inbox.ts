import { randomInt } from 'node:crypto';
import type { TestApp } from '../../support/app';

export interface Mail {
  readonly subject: string;
  readonly from: string;
  readonly body: { readonly text: string; readonly html: string };
}

interface StoredMail extends Mail {
  readonly destination: { readonly to: string[] };
}

interface StoredSms {
  readonly to: string;
  readonly message: string;
}

async function store<T>(endpoint: string | undefined): Promise<T> {
  const answer = await fetch(`${endpoint}/store`);
  return (await answer.json()) as T;
}

/** A registered customer, and what has reached them by mail and SMS. */
export class Customer {
  private constructor(
    readonly userId: string,
    readonly email: string,
    readonly phone: string,
    private readonly app: TestApp,
  ) {}

  static async register(app: TestApp, name = 'Jimmy'): Promise<Customer> {
    // The stand-ins for mail and SMS keep what all tests of all workers have sent.
    const unique = String(randomInt(10 ** 10)).padStart(10, '0');
    const email = `jimmy${unique}@milkround.test`;
    const phone = `+91${unique}`;
    const { body } = await app.http
      .post('/user/register', { name, email, password: 'a good long one', phone })
      .expect(201);
    await app.settled();
    return new Customer(body.userId as string, email, phone, app);
  }

  async mails(subject: RegExp): Promise<Mail[]> {
    // The stand-in is asked where it is, not through what a test has put before it.
    const { emails } = await store<{ emails: StoredMail[] }>(process.env.SES_ENDPOINT);
    return emails.filter(
      ({ destination, ...mail }) => destination.to.includes(this.email) && subject.test(mail.subject),
    );
  }

  async texts(): Promise<string[]> {
    const sent = await store<StoredSms[]>(process.env.SMS_ENDPOINT);
    return sent.filter(({ to }) => to === this.phone).map(({ message }) => message);
  }

  async wishes(notifications: { email?: boolean; sms?: boolean }): Promise<void> {
    await this.app.as('CUSTOMER', this.userId).patch('/user/profile', { notifications }).expect(200);
  }
}

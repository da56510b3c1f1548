import type { TestApp } from '../../support/app';
import type { Client } from '../../support/client';

let count = 0;

export interface Registered {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** HTTP as this customer. */
  readonly client: Client;
}

/** What a registration sends, with an e-mail that nobody has; `more` overrides and adds. */
export function somebody(more: object = {}) {
  return { name: 'Jimmy Joseph', email: `jimmy${++count}@example.com`, password: 'test123', ...more };
}

export async function registered(app: TestApp, more: object = {}): Promise<Registered> {
  const person = somebody(more);
  const { body } = await app.http.post('/user/register', person).expect(201);
  const userId = body.userId as string;
  return { ...person, userId, client: app.as('CUSTOMER', userId) };
}

import type { InProcessClient } from '../../support/in-process-client';
import type { TestApp } from '../../support/test-app';

let count = 0;

export interface RegisteredUser {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** A client with this customer's token. */
  readonly client: InProcessClient;
}

/** A valid registration with a unique e-mail; `more` overrides and adds fields. */
export function aRegistration(overrides: object = {}) {
  return { name: 'Jimmy Joseph', email: `jimmy${++count}@example.com`, password: 'test123', ...overrides };
}

export async function registerUser(app: TestApp, overrides: object = {}): Promise<RegisteredUser> {
  const person = aRegistration(overrides);
  const { body } = await app.http.post('/user/register', person).expect(201);
  const userId = body.userId as string;
  return { ...person, userId, client: app.as('CUSTOMER', userId) };
}

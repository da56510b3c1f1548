import supertest from 'supertest';

type Body = Record<string, unknown> | unknown[] | string;

/** HTTP as one person: signed in with a token, or nobody. */
export class Client {
  constructor(
    private readonly server: Parameters<typeof supertest>[0],
    private readonly token?: string,
  ) {}

  as(token: string): Client {
    return new Client(this.server, token);
  }

  get(path: string, query: Record<string, unknown> = {}): supertest.Test {
    return this.signed(supertest(this.server).get(path)).query(query);
  }

  head(path: string): supertest.Test {
    return this.signed(supertest(this.server).head(path));
  }

  post(path: string, body: Body = {}): supertest.Test {
    return this.signed(supertest(this.server).post(path)).send(body as object);
  }

  patch(path: string, body: Body = {}): supertest.Test {
    return this.signed(supertest(this.server).patch(path)).send(body as object);
  }

  put(path: string, body: Body = {}): supertest.Test {
    return this.signed(supertest(this.server).put(path)).send(body as object);
  }

  delete(path: string): supertest.Test {
    return this.signed(supertest(this.server).delete(path));
  }

  options(path: string): supertest.Test {
    return supertest(this.server).options(path);
  }

  private signed(request: supertest.Test): supertest.Test {
    return this.token ? request.set('Authorization', `Bearer ${this.token}`) : request;
  }
}

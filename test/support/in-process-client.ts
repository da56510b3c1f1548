import supertest from 'supertest';

type Body = Record<string, unknown> | unknown[] | string;

/** Sends HTTP requests to the program in process, with the token of one user or anonymously. */
export class InProcessClient {
  constructor(
    private readonly server: Parameters<typeof supertest>[0],
    private readonly token?: string,
  ) {}

  as(token: string): InProcessClient {
    return new InProcessClient(this.server, token);
  }

  get(path: string, query: Record<string, unknown> = {}): supertest.Test {
    return this.withToken(supertest(this.server).get(path)).query(query);
  }

  head(path: string): supertest.Test {
    return this.withToken(supertest(this.server).head(path));
  }

  post(path: string, body: Body = {}): supertest.Test {
    return this.withToken(supertest(this.server).post(path)).send(body as object);
  }

  patch(path: string, body: Body = {}): supertest.Test {
    return this.withToken(supertest(this.server).patch(path)).send(body as object);
  }

  put(path: string, body: Body = {}): supertest.Test {
    return this.withToken(supertest(this.server).put(path)).send(body as object);
  }

  delete(path: string, body?: Body): supertest.Test {
    const request = this.withToken(supertest(this.server).delete(path));
    return body === undefined ? request : request.send(body as object);
  }

  options(path: string): supertest.Test {
    return supertest(this.server).options(path);
  }

  private withToken(request: supertest.Test): supertest.Test {
    return this.token ? request.set('Authorization', `Bearer ${this.token}`) : request;
  }
}

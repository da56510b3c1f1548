import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { close, listen, urlOf } from './local-server';

const TOKEN = 'an-anonymous-token';

/** A container registry that knows the architectures of images, and asks for a token as public registries do. */
export class ImageRegistry {
  /** The architectures by the path of the manifest. An image without any has a manifest but no index. */
  readonly images = new Map<string, readonly string[]>();
  isPublic = true;
  /** Registries call it `token`, or `access_token` as OAuth does. */
  tokenField: 'token' | 'access_token' = 'token';

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => this.answer(request, response));
  }

  static async start(): Promise<ImageRegistry> {
    return new ImageRegistry(await listen(createServer()));
  }

  /** `localhost:<port>`, as in the name of an image. */
  get host(): string {
    return `localhost:${new URL(urlOf(this.server)).port}`;
  }

  async stop(): Promise<void> {
    await close(this.server);
  }

  private answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const send = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
    if (url.startsWith('/token?service=registry')) {
      if (this.isPublic) send(200, { [this.tokenField]: TOKEN });
      else send(403, {});
    } else if (headers.authorization !== `Bearer ${TOKEN}`) {
      const challenge = `Bearer realm="http://${this.host}/token",service="registry",scope="repository:pull"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    } else {
      const architectures = this.images.get(url);
      const isAccepted = architectures?.length !== 0 || headers.accept?.includes('image.manifest');
      if (!architectures || !isAccepted) send(404, {});
      else send(200, { manifests: architectures.map((architecture) => ({ platform: { architecture } })) });
    }
  }
}

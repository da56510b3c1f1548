// The SQS and SNS emulator.
import { type ListenOptions, Server } from 'node:net';
import { startFauxqs } from 'fauxqs';
import { LISTEN_HOST } from './host.mts';

const [port, folder] = process.argv.slice(2);

// fauxqs listens on every network interface. Its option `host` is only for the URLs of queues.
const { listen } = Server.prototype as { listen: (this: Server, ...options: never[]) => Server };
Server.prototype.listen = function (this: Server, options: ListenOptions, callback?: () => void) {
  return listen.call(this, { ...options, host: LISTEN_HOST } as never, callback as never);
} as Server['listen'];

await startFauxqs({ port: Number(port), logger: false, dataDir: folder });

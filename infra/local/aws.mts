// The SQS and SNS emulator.
import { startFauxqs } from 'fauxqs';
import { LISTEN_HOST } from './host.mts';

const [port, folder] = process.argv.slice(2);

await startFauxqs({ port: Number(port), host: LISTEN_HOST, logger: false, dataDir: folder });

// The SQS and SNS emulator.
import { startFauxqs } from 'fauxqs';

const [port, folder] = process.argv.slice(2);

await startFauxqs({ port: Number(port), logger: false, dataDir: folder });

// The SES emulator. It keeps mails in memory and shows them on a web page.
import ses from 'aws-ses-v2-local';
import { LISTEN_HOST } from './host.mts';

await ses.default({ port: Number(process.argv[2]), host: LISTEN_HOST });

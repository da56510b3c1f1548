// Mail. It keeps what was sent in memory and shows it in the browser.
import ses from 'aws-ses-v2-local';
import { LISTEN_HOST } from './host.mts';

await ses.default({ port: Number(process.argv[2]), host: LISTEN_HOST });

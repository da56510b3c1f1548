// The SES emulator. It keeps mails in memory and shows them on a web page. It refuses some addresses, as SES would.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import ses from 'aws-ses-v2-local';
import { LISTEN_HOST } from './host.mts';

/** The domain of addresses that are refused as malformed, for trying out what happens then. */
const REFUSED_ADDRESS = /@refused\.milkround\.test$/;
const SEND_PATH = '/v2/email/outbound-emails';

// What GetAccount answers. SES accepts one mail a second from a new account.
process.env.AWS_SES_ACCOUNT = JSON.stringify({
  ...{ DedicatedIpAutoWarmupEnabled: false, EnforcementStatus: 'HEALTHY', ProductionAccessEnabled: true },
  ...{ SendingEnabled: true, SuppressionAttributes: { SuppressedReasons: [] } },
  SendQuota: { Max24HourSend: 1_000_000, MaxSendRate: 1_000, SentLast24Hours: 0 },
  Details: {
    ...{ AdditionalContactEmailAddresses: [], ContactLanguage: 'EN', MailType: 'TRANSACTIONAL' },
    ...{ ReviewDetails: { CaseId: '', Status: 'GRANTED' }, UseCaseDescription: '', WebsiteURL: '' },
  },
});
const emulator = await ses.default({ port: 0, host: '127.0.0.1' });
const { port } = emulator.address() as AddressInfo;

createServer((incoming, outgoing) => {
  handle(incoming, outgoing).catch(() => outgoing.destroy());
}).listen(Number(process.argv[2]), LISTEN_HOST);

async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await buffer(incoming);
  if (incoming.url === SEND_PATH && isRefused(body)) {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'BadRequestException' };
    outgoing.writeHead(400, headers).end('{"message":"Illegal address"}');
    return;
  }
  const { method, headers, url } = incoming;
  const forwarded = request({ host: '127.0.0.1', port, method, headers, path: url }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
  });
  forwarded.on('error', () => outgoing.destroy());
  forwarded.end(body);
}

function isRefused(body: Buffer): boolean {
  const { Destination: { ToAddresses: to = [] } = {} } = JSON.parse(body.toString()) as {
    Destination?: { ToAddresses?: string[] };
  };
  return to.some((address) => REFUSED_ADDRESS.test(address));
}

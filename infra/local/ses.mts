// The SES emulator. It keeps mails in memory and shows them on a web page. As SES would, it refuses some addresses, and
// reports mails to others as bounced.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import ses from 'aws-ses-v2-local';
import { LISTEN_HOST } from './host.mts';

/** The domain of addresses that are refused as malformed, for trying out what happens then. */
const REFUSED_ADDRESS = /@refused\.milkround\.test$/;
/** The domain of addresses from which mail comes back. */
const BOUNCED_ADDRESS = /@bounced\.milkround\.test$/;
/** Where bounces are reported. Without it, none are. */
const { RETURNED_MAIL_QUEUE_URL: bounceQueueUrl } = process.env;
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
  const sent = incoming.url === SEND_PATH ? (JSON.parse(body.toString()) as SentMail) : undefined;
  if (sent && recipientsOf(sent).some((address) => REFUSED_ADDRESS.test(address))) {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'BadRequestException' };
    outgoing.writeHead(400, headers).end('{"message":"Illegal address"}');
    return;
  }
  const { method, headers, url } = incoming;
  const forwarded = request({ host: '127.0.0.1', port, method, headers, path: url }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    // Before the answer, so that a client which waits until the program is settled sees its effect.
    void reportBounce(sent)
      .catch((error: unknown) => console.error('The bounce was not reported:', error))
      .then(() => response.pipe(outgoing));
  });
  forwarded.on('error', () => outgoing.destroy());
  forwarded.end(body);
}

interface SentMail {
  readonly Destination?: { readonly ToAddresses?: readonly string[] };
  readonly EmailTags?: readonly { readonly Name: string; readonly Value: string }[];
}

function recipientsOf({ Destination: { ToAddresses: to = [] } = {} }: SentMail): readonly string[] {
  return to;
}

/** Sends the event that SES publishes when a mail comes back. */
async function reportBounce(sent: SentMail = {}): Promise<void> {
  const bounced = recipientsOf(sent).filter((address) => BOUNCED_ADDRESS.test(address));
  if (bounced.length === 0 || bounceQueueUrl === undefined) return;
  const tags = Object.fromEntries((sent.EmailTags ?? []).map(({ Name: name, Value: value }) => [name, [value]]));
  const bouncedRecipients = bounced.map((emailAddress) => ({ emailAddress, status: '5.1.1' }));
  const event = { eventType: 'Bounce', mail: { tags }, bounce: { bounceType: 'Permanent', bouncedRecipients } };
  const response = await fetch(new URL('/', bounceQueueUrl), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.SendMessage',
      authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/ap-south-1/sqs/aws4_request, Signature=none',
    },
    body: JSON.stringify({ QueueUrl: bounceQueueUrl, MessageBody: JSON.stringify(event) }),
  });
  if (!response.ok) throw new Error(await response.text());
}

// Emulates the one SNS call that fauxqs does not support: Publish to a phone number. GET /store returns the sent messages.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { LISTEN_HOST } from './host.mts';

const MAX_STORED = 1_000;
const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/;
/** Refused as SNS would refuse them, to try out what happens then. */
const INVALID_NUMBER = /^\+9190000000/;
const OPTED_OUT_NUMBER = /^\+9190000001/;
const XML_NAMESPACE = 'xmlns="http://sns.amazonaws.com/doc/2010-03-31/"';

let sent: Array<{ to: string; message: string; at: string }> = [];

createServer((request, response) => {
  handle(request, response).catch(() => response.destroy());
}).listen(Number(process.argv[2]), LISTEN_HOST);

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  switch (`${request.method} ${request.url}`) {
    case 'GET /store':
      response.setHeader('content-type', 'application/json').end(JSON.stringify(sent));
      return;
    case 'POST /clear-store':
      sent = [];
      response.writeHead(204).end();
      return;
    case 'POST /':
      response.setHeader('content-type', 'text/xml');
      publish(new URLSearchParams(await text(request)), response);
      return;
    default:
      response.writeHead(404).end();
  }
}

function publish(params: URLSearchParams, response: ServerResponse): void {
  const to = params.get('PhoneNumber') ?? '';
  const message = params.get('Message') ?? '';
  if (params.get('Action') !== 'Publish') return sendError(response, 'InvalidAction', 'Only Publish is supported');
  if (!PHONE_NUMBER.test(to) || INVALID_NUMBER.test(to)) {
    return sendError(
      response,
      'InvalidParameter',
      `Invalid parameter: PhoneNumber Reason: ${to} is not valid to publish to`,
    );
  }
  if (OPTED_OUT_NUMBER.test(to)) return sendError(response, 'OptedOut', `Phone number ${to} is opted out`);
  if (!message) return sendError(response, 'InvalidParameter', 'Invalid parameter: Empty message');

  sent = [...sent, { to, message, at: new Date().toISOString() }].slice(-MAX_STORED);
  response.end(
    `<PublishResponse ${XML_NAMESPACE}><PublishResult><MessageId>${randomUUID()}</MessageId></PublishResult>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`,
  );
}

function sendError(response: ServerResponse, code: string, message: string): void {
  response
    .writeHead(400)
    .end(
      `<ErrorResponse ${XML_NAMESPACE}><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>` +
        `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
    );
}

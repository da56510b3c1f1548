// The one call of SNS that no stand-in knows: Publish to a phone number. What was sent can be read at GET /store.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { HOST } from './host.mts';

const KEPT = 1_000;
const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/;
const SNS = 'xmlns="http://sns.amazonaws.com/doc/2010-03-31/"';

let sent: Array<{ to: string; message: string; at: string }> = [];

createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
}).listen(Number(process.argv[2]), HOST);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
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

function publish(call: URLSearchParams, response: ServerResponse): void {
  const to = call.get('PhoneNumber') ?? '';
  const message = call.get('Message') ?? '';
  if (call.get('Action') !== 'Publish') return refuse(response, 'InvalidAction', 'Only Publish is known here');
  if (!PHONE_NUMBER.test(to)) return refuse(response, 'InvalidParameter', 'PhoneNumber is not in E.164 format');
  if (!message) return refuse(response, 'InvalidParameter', 'Empty message');

  sent = [...sent, { to, message, at: new Date().toISOString() }].slice(-KEPT);
  response.end(
    `<PublishResponse ${SNS}><PublishResult><MessageId>${randomUUID()}</MessageId></PublishResult>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`,
  );
}

function refuse(response: ServerResponse, code: string, why: string): void {
  response
    .writeHead(400)
    .end(
      `<ErrorResponse ${SNS}><Error><Type>Sender</Type><Code>${code}</Code><Message>${why}</Message></Error>` +
        `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
    );
}

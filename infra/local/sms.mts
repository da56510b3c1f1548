// Emulates the one SNS call that fauxqs does not support, Publish to a phone number, and SendTextMessage of AWS End User
// Messaging with its reports. GET /store returns the sent messages.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { LISTEN_HOST } from './host.mts';

const MAX_STORED = 1_000;
const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/;
/** Refused as AWS would refuse them, to try out what happens then. */
const INVALID_NUMBER = /^\+9190000000/;
const OPTED_OUT_NUMBER = /^\+9190000001/;
/** Accepted by End User Messaging, and reported as invalid or as unreachable. */
const NUMBER_REPORTED_INVALID = /^\+9190000002/;
const UNREACHABLE_NUMBER = /^\+9190000003/;
/** End User Messaging answers that the spending limit of the month is reached. */
const UNPAID_NUMBER = /^\+9190000004/;
/** Where reports go. Without it, there are none. */
const { SMS_STATUS_QUEUE_URL: statusQueueUrl } = process.env;
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
      if (request.headers['x-amz-target'] === undefined) {
        response.setHeader('content-type', 'text/xml');
        publish(new URLSearchParams(await text(request)), response);
      } else {
        response.setHeader('content-type', 'application/x-amz-json-1.0');
        await handleCommand(request.headers['x-amz-target'], await text(request), response);
      }
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

  store(to, message);
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

function store(to: string, message: string): void {
  sent = [...sent, { to, message, at: new Date().toISOString() }].slice(-MAX_STORED);
}

interface TextMessage {
  readonly DestinationPhoneNumber?: string;
  readonly OriginationIdentity?: string;
  readonly MessageBody?: string;
  readonly ConfigurationSetName?: string;
  readonly Context?: Readonly<Record<string, string>>;
}

async function handleCommand(target: unknown, body: string, response: ServerResponse): Promise<void> {
  if (target !== 'PinpointSMSVoiceV2.SendTextMessage') {
    return refuse(response, 'ValidationException', { Reason: 'UNKNOWN_OPERATION' });
  }
  const sms = JSON.parse(body) as TextMessage;
  const { DestinationPhoneNumber: to = '', MessageBody: message = '', OriginationIdentity: sender } = sms;
  const invalid = (name: string) => {
    const Fields = [{ Name: name, Message: `${name} is invalid` }];
    return refuse(response, 'ValidationException', { Reason: 'INVALID_PARAMETER', Fields });
  };
  if (!PHONE_NUMBER.test(to) || INVALID_NUMBER.test(to)) return invalid('DestinationPhoneNumber');
  if (message === '') return invalid('MessageBody');
  if (!sender) return refuse(response, 'ConflictException', { Reason: 'NO_ORIGINATION_IDENTITIES_FOUND' });
  if (OPTED_OUT_NUMBER.test(to)) {
    return refuse(response, 'ConflictException', { Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' });
  }
  if (UNPAID_NUMBER.test(to)) {
    return refuse(response, 'ServiceQuotaExceededException', { Reason: 'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT' });
  }
  store(to, message);
  const messageId = randomUUID();
  // Before the answer, so that a client which waits until the program is settled sees its effect.
  await report(messageId, sms).catch((error: unknown) => console.error('The SMS was not reported:', error));
  response.end(JSON.stringify({ MessageId: messageId }));
}

function refuse(response: ServerResponse, type: string, details: object): void {
  const error = { __type: `com.amazonaws.pinpointsmsvoicev2#${type}`, Message: 'Refused by the emulator', ...details };
  response.writeHead(400).end(JSON.stringify(error));
}

/** Sends the event that a configuration set publishes about an SMS. */
async function report(messageId: string, sms: TextMessage): Promise<void> {
  const { DestinationPhoneNumber: to = '', ConfigurationSetName: configurationSet, Context: context } = sms;
  if (configurationSet === undefined || statusQueueUrl === undefined) return;
  const [outcome, description] = outcomeOf(to);
  const event = {
    ...{ eventType: `TEXT_${outcome}`, eventVersion: '1.0', eventTimestamp: Date.now(), isFinal: true },
    ...{ destinationPhoneNumber: to, messageId, messageStatus: outcome, messageStatusDescription: description },
    ...{ context, totalMessageParts: 1, totalMessagePrice: 0.0027, totalCarrierFee: 0 },
  };
  const response = await fetch(new URL('/', statusQueueUrl), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.SendMessage',
      authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/ap-south-1/sqs/aws4_request, Signature=none',
    },
    body: JSON.stringify({ QueueUrl: statusQueueUrl, MessageBody: JSON.stringify(event) }),
  });
  if (!response.ok) throw new Error(await response.text());
}

function outcomeOf(to: string): [outcome: string, description: string] {
  if (NUMBER_REPORTED_INVALID.test(to)) return ['INVALID', 'Phone number is invalid'];
  if (UNREACHABLE_NUMBER.test(to)) return ['UNREACHABLE', 'Phone is currently unreachable or unavailable'];
  return ['DELIVERED', 'Message has been accepted by phone'];
}

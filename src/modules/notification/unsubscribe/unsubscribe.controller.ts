import { Controller, Get, Header, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { RateLimitExceeded } from '../../../platform/errors';
import { RateLimit } from '../../../platform/http/rate-limit';
import { AcceptsRawBody } from '../../../platform/http/raw-body';
import { ApiFailures } from '../../../platform/openapi/decorators';
import { InvalidUnsubscribeToken } from '../domain/notification.errors';
import { UnsubscribeQuery } from './unsubscribe.dto';
import { UnsubscribeService } from './unsubscribe.service';

const HTML = 'text/html; charset=utf-8';
/** The page has a form and no script. */
const PAGE_CONTENT_POLICY = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** Mail programs send `List-Unsubscribe=One-Click`. */
const MAX_BODY_BYTES = 1_024;

@ApiTags('users')
@Access('anyone')
@Controller('notification/unsubscribe')
export class UnsubscribeController {
  constructor(private readonly unsubscriptions: UnsubscribeService) {}

  @Get()
  @RateLimit(60)
  @Header('Content-Type', HTML)
  @Header('Content-Security-Policy', PAGE_CONTENT_POLICY)
  @ApiOperation({
    operationId: 'askToUnsubscribe',
    summary: 'Show the page for unsubscribing',
    description:
      'Returns the page to which the link in an optional mail leads. It has a button that sends the POST. The page ' +
      'itself changes nothing, because mail scanners open links. At most 60 requests a minute per client address.',
  })
  @ApiResponse(pageResponse('The page, in the language of the recipient.'))
  @ApiFailures(InvalidUnsubscribeToken, RateLimitExceeded)
  async ask(@Query() { token }: UnsubscribeQuery): Promise<string> {
    return this.unsubscriptions.ask(token);
  }

  @Post()
  @HttpCode(200)
  @AcceptsRawBody({ maxBytes: MAX_BODY_BYTES })
  @RateLimit(60)
  @Header('Content-Type', HTML)
  @Header('Content-Security-Policy', PAGE_CONTENT_POLICY)
  @ApiOperation({
    operationId: 'unsubscribe',
    summary: 'Unsubscribe from optional mails',
    description:
      'Turns off the kind of mail that the token names, without a sign-in. It is the address in the header ' +
      '`List-Unsubscribe` of optional mails, for the button of mail programs (RFC 8058). The body may be a form of up ' +
      'to 1 kB, and is ignored. The same request again has no effect. The kind can be turned on again in the profile. ' +
      'At most 60 requests a minute per client address. Event: `user.updated`.',
  })
  @ApiResponse(pageResponse('A page that confirms it, in the language of the recipient.'))
  @ApiFailures(InvalidUnsubscribeToken, RateLimitExceeded)
  async unsubscribe(@Query() { token }: UnsubscribeQuery): Promise<string> {
    return this.unsubscriptions.unsubscribe(token);
  }
}

function pageResponse(description: string) {
  return {
    status: 200,
    description,
    content: { 'text/html': { schema: { type: 'string' as const }, example: '<!doctype html>…' } },
  };
}

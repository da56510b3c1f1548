import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { type Caller, CurrentCaller, TargetUserId } from '../../../platform/auth/caller';
import { mapPage } from '../../../platform/dynamo/cursor';
import { IdPipe } from '../../../platform/http/id.pipe';
import { PagedResponse } from '../../../platform/http/paged-response';
import { ApiFailures, ApiIdParam, ApiPagedSuccess } from '../../../platform/openapi/decorators';
import { SessionNotFound, UserNotFound } from '../domain/user.errors';
import { EndSessionsRequest, ListSessionsRequest, SESSION_ID, UserSessionResponse } from './user-sessions.dto';
import { UserSessions } from './user-sessions.service';

@ApiTags('users')
@Controller('user/sessions')
@Access('signed-in')
export class UserSessionsController {
  constructor(private readonly sessions: UserSessions) {}

  @Get()
  @ApiOperation({
    operationId: 'listSessions',
    summary: 'List the sessions',
    description:
      'Returns the open sessions of the caller, newest first. Each sign-in with a password starts one. A ' +
      'session ends 30 days after its last use, and at the latest 90 days after the sign-in. The operator may set ' +
      'fewer days.',
  })
  @ApiPagedSuccess(UserSessionResponse)
  @ApiFailures(UserNotFound)
  async list(
    @CurrentCaller() caller: Caller,
    @TargetUserId() userId: string,
    @Query() query: ListSessionsRequest,
  ): Promise<PagedResponse<UserSessionResponse>> {
    const page = await this.sessions.list(userId, query);
    return new PagedResponse(mapPage(page, (session) => UserSessionResponse.of(session, caller.sessionId)));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'endSessions',
    summary: 'Sign out everywhere',
    description:
      'Ends all sessions and access tokens of the caller, including this one, and the links to reset the password. ' +
      'Some servers may accept the access token of a customer for five more seconds. Tokens of an external issuer do ' +
      'not end. Event: `user.sessions_ended`.',
  })
  @ApiNoContentResponse({ description: 'All sessions have ended.' })
  @ApiFailures(UserNotFound)
  async endAll(@TargetUserId() userId: string, @Query() _query: EndSessionsRequest): Promise<void> {
    await this.sessions.endAll(userId);
  }

  @Delete(':sessionId')
  @HttpCode(204)
  @ApiIdParam('sessionId', SESSION_ID)
  @ApiOperation({
    operationId: 'endSession',
    summary: 'End a session',
    description:
      'Ends a session of the caller and its access tokens, such as that of a lost phone. Some servers may accept the ' +
      'access token of a customer for five more seconds. Event: `user.sessions_ended`.',
  })
  @ApiNoContentResponse({ description: 'The session has ended.' })
  @ApiFailures(SessionNotFound)
  async end(
    @TargetUserId() userId: string,
    @Param('sessionId', IdPipe) sessionId: string,
    @Query() _query: EndSessionsRequest,
  ): Promise<void> {
    await this.sessions.end(userId, sessionId);
  }
}

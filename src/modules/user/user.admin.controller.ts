import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { USER_ID } from '../../kernel/api-fields';
import { Access } from '../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../platform/auth/caller';
import { SecondFactor } from '../../platform/auth/second-factor';
import { mapPage } from '../../platform/dynamo/cursor';
import { StaleVersion } from '../../platform/errors';
import { IfMatch } from '../../platform/http/headers';
import { IdPipe } from '../../platform/http/id.pipe';
import { PagedResponse } from '../../platform/http/paged-response';
import { ApiFailures, ApiIdParam, ApiIfMatch, ApiPagedSuccess, ApiSuccess } from '../../platform/openapi/decorators';
import {
  EmailTaken,
  OwnAccessChange,
  SignInBusy,
  TooManyPhoneChanges,
  UserIdTaken,
  UserNotFound,
} from './domain/user.errors';
import { CreateUserRequest, ListUsersRequest, UpdateUserRequest, UserAdminResponse } from './user.admin.dto';
import { UserService } from './user.service';

@ApiTags('users')
@Controller('admin/users')
@Access('ADMIN')
export class UserAdminController {
  constructor(private readonly users: UserService) {}

  @Post()
  @SecondFactor('recent')
  @ApiOperation({
    operationId: 'createUser',
    summary: 'Create a user',
    description:
      'Creates a customer, courier or admin and sends a welcome mail. Without `password`, the user also ' +
      'gets an invitation: a mail with a link to choose one, valid for seven days. To send it again, use ' +
      '`POST /user/password/forgot`. Events: `user.registered`; without `password`, `user.invited`; for a ' +
      'courier or an admin, `user.role_changed`; for a courier, `user.courier_activated`.',
  })
  @ApiSuccess(201, UserAdminResponse)
  @ApiFailures(EmailTaken, UserIdTaken, SignInBusy)
  async create(@Body() { role, password, ...person }: CreateUserRequest): Promise<UserAdminResponse> {
    return UserAdminResponse.of(await this.users.create(person, role, password));
  }

  @Get()
  @ApiOperation({
    operationId: 'listUsers',
    summary: 'List or find users',
    description: 'Returns users in no particular order. The filters combine.',
  })
  @ApiPagedSuccess(UserAdminResponse)
  async list(@Query() query: ListUsersRequest): Promise<PagedResponse<UserAdminResponse>> {
    return new PagedResponse(mapPage(await this.users.list(query, query), UserAdminResponse.of));
  }

  @Get(':userId')
  @ApiIdParam('userId', USER_ID)
  @ApiOperation({
    operationId: 'getUser',
    summary: 'Get a user',
    description: 'Returns the profile of a user, and whether they are blocked.',
  })
  @ApiSuccess(200, UserAdminResponse)
  @ApiFailures(UserNotFound)
  async get(@Param('userId', IdPipe) userId: string): Promise<UserAdminResponse> {
    return UserAdminResponse.of(await this.users.get(userId));
  }

  @Patch(':userId')
  @SecondFactor('recent')
  @ApiIdParam('userId', USER_ID)
  @ApiOperation({
    operationId: 'updateUser',
    summary: 'Update a user',
    description:
      'Changes the profile or role of a user, or blocks or unblocks them. A blocked user cannot sign in, ' +
      'and their sessions end. Blocking and a new role end the access tokens already issued, at once for ' +
      'admins and couriers, within five seconds for customers. After a new role, a refresh returns a token ' +
      'with it. Unblocking does not revive tokens. Admins cannot block themselves or change their own role. ' +
      'The subscriptions of a blocked customer make no orders; unblocking resumes them from the first date ' +
      'whose cutoff has not passed. The open deliveries of a courier who is blocked or gets another role stay ' +
      'with them until they are assigned to another one: `GET /delivery/list?needsCourier=true`. Events: ' +
      '`user.updated`, `user.role_changed`, `user.blocked`, `user.unblocked`, `user.courier_activated`, ' +
      '`user.courier_deactivated`.',
  })
  @ApiIfMatch()
  @ApiSuccess(200, UserAdminResponse)
  @ApiFailures(OwnAccessChange, UserNotFound, StaleVersion, TooManyPhoneChanges)
  async update(
    @CurrentCaller() admin: Caller,
    @Param('userId', IdPipe) userId: string,
    @Body() body: UpdateUserRequest,
    @IfMatch() expected?: number,
  ): Promise<UserAdminResponse> {
    return UserAdminResponse.of(await this.users.updateByAdmin(admin.userId, userId, body, expected));
  }
}

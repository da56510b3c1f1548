import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../platform/auth/caller';
import { mapPage } from '../../platform/dynamo/cursor';
import { StaleVersion } from '../../platform/errors';
import { ApiIfMatch, IfMatch } from '../../platform/http/headers';
import { IdPipe } from '../../platform/http/id.pipe';
import { PagedResponse } from '../../platform/http/response.interceptor';
import { ApiFailures, ApiIdParam, ApiPagedSuccess, ApiSuccess } from '../../platform/openapi/decorators';
import { AdministerUserRequest, AdminUserResponse, CreateUserRequest, ListUsersRequest } from './admin-user.dto';
import { EmailTaken, OwnAccess, SignInBusy, UserIdTaken, UserNotFound } from './user.errors';
import { UserService } from './user.service';

@ApiTags('admin')
@Controller('admin/users')
@Access('ADMIN')
export class AdminUserController {
  constructor(private readonly users: UserService) {}

  @Post()
  @ApiOperation({ summary: 'Create a courier, an admin or a customer' })
  @ApiSuccess(201, AdminUserResponse)
  @ApiFailures(EmailTaken, UserIdTaken, SignInBusy)
  async create(@Body() { role, password, ...person }: CreateUserRequest): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.users.create(person, role, password));
  }

  @Get()
  @ApiOperation({ summary: 'All users, or those of a role' })
  @ApiPagedSuccess(AdminUserResponse)
  async list(@Query() query: ListUsersRequest): Promise<PagedResponse<AdminUserResponse>> {
    return new PagedResponse(mapPage(await this.users.list(query, query), AdminUserResponse.of));
  }

  @Patch(':userId')
  @ApiIdParam('userId', 'U101')
  @ApiOperation({ summary: 'Change profile or role of a user, block or unblock him' })
  @ApiIfMatch()
  @ApiSuccess(200, AdminUserResponse)
  @ApiFailures(OwnAccess, UserNotFound, StaleVersion)
  async administer(
    @CurrentCaller() admin: Caller,
    @Param('userId', IdPipe) userId: string,
    @Body() body: AdministerUserRequest,
    @IfMatch() expected?: number,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.users.administer(admin.userId, userId, body, expected));
  }
}

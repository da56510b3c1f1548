import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { mapPage } from '../../platform/dynamo/cursor';
import { Stale } from '../../platform/errors';
import { Access } from '../../platform/http/access';
import { ListAnswer } from '../../platform/http/answer.interceptor';
import { type Caller, CurrentCaller } from '../../platform/http/caller';
import { ApiAnswer, ApiId, ApiListAnswer, Fails } from '../../platform/http/documentation';
import { ApiIfMatch, IfMatch } from '../../platform/http/headers';
import { IdPipe } from '../../platform/http/id.pipe';
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
  @ApiAnswer(201, AdminUserResponse)
  @Fails(EmailTaken, UserIdTaken, SignInBusy)
  async create(@Body() { role, password, ...person }: CreateUserRequest): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.users.create(person, role, password));
  }

  @Get()
  @ApiOperation({ summary: 'All users, or those of a role' })
  @ApiListAnswer(AdminUserResponse)
  async list(@Query() query: ListUsersRequest): Promise<ListAnswer<AdminUserResponse>> {
    return new ListAnswer(mapPage(await this.users.list(query, query), AdminUserResponse.of));
  }

  @Patch(':userId')
  @ApiId('userId', 'U101')
  @ApiOperation({ summary: 'Change profile or role of a user, block or unblock him' })
  @ApiIfMatch()
  @ApiAnswer(200, AdminUserResponse)
  @Fails(OwnAccess, UserNotFound, Stale)
  async administer(
    @CurrentCaller() admin: Caller,
    @Param('userId', IdPipe) userId: string,
    @Body() body: AdministerUserRequest,
    @IfMatch() expected?: number,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.users.administer(admin.userId, userId, body, expected));
  }
}

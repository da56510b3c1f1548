import { ApiProperty } from '@nestjs/swagger';
import { type Role, ROLES } from '../../kernel/roles';
import {
  BooleanField,
  ChoiceField,
  EmailField,
  IdField,
  ListQuery,
  PhoneField,
  SecretField,
  TextField,
} from '../../platform/http/fields';
import type { User } from './domain/user';
import { ADDRESS, EMAIL, NAME, PASSWORD, PHONE, ProfileFields, UserResponse } from './user.dto';

export class CreateUserRequest {
  @IdField({ optional: true, description: 'Made when left out.' })
  userId?: string;

  @TextField(NAME)
  name!: string;

  @EmailField(EMAIL)
  email!: string;

  @ChoiceField(ROLES, { example: 'COURIER' })
  role!: Role;

  @SecretField({ ...PASSWORD, optional: true, description: 'Without one the user is mailed a link to choose it.' })
  password?: string;

  @PhoneField({ ...PHONE, optional: true })
  phone?: string;

  @TextField({ ...ADDRESS, optional: true })
  address?: string;
}

export class ListUsersRequest extends ListQuery {
  @ChoiceField(ROLES, { optional: true })
  role?: Role;

  @EmailField({ ...EMAIL, optional: true, description: 'Only the user of this e-mail.' })
  email?: string;
}

export class UpdateUserRequest extends ProfileFields {
  @ChoiceField(ROLES, { optional: true, description: 'Holds from the next refresh of a session.' })
  role?: Role;

  @BooleanField({
    optional: true,
    example: true,
    description: 'true ends all sessions at their next refresh, and refuses new ones.',
  })
  blocked?: boolean;
}

export class UserAdminResponse extends UserResponse {
  @ApiProperty({ example: false }) blocked!: boolean;

  static override of(this: void, user: User): UserAdminResponse {
    return { ...UserResponse.of(user), blocked: user.blocked };
  }
}

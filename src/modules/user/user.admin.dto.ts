import { ApiProperty } from '@nestjs/swagger';
import { USER_ID } from '../../kernel/api-fields';
import { type Language, LANGUAGES } from '../../kernel/language';
import { type Role, ROLES } from '../../kernel/roles';
import {
  BooleanField,
  ChoiceField,
  EmailField,
  ExistingEmailField,
  ListQuery,
  NameField,
  NewIdField,
  PhoneField,
  SecretField,
  TextField,
} from '../../platform/http/fields';
import type { User } from './domain/user';
import { ADDRESS, EMAIL, LANGUAGE, NAME, NEW_PHONE, PASSWORD, ProfileFields, UserResponse } from './user.dto';

export class CreateUserRequest {
  @NewIdField({
    ...USER_ID,
    description: 'Id of the new user. Default: a generated id. Some words, such as `admin`, are reserved.',
  })
  userId?: string;

  @NameField(NAME)
  name!: string;

  @EmailField(EMAIL)
  email!: string;

  @ChoiceField(ROLES, { example: 'COURIER', description: 'Role of the new user.' })
  role!: Role;

  @SecretField({
    ...PASSWORD,
    optional: true,
    description: `${PASSWORD.description} Without it, the user gets an invitation to choose one.`,
  })
  password?: string;

  @PhoneField({ ...NEW_PHONE, optional: true })
  phone?: string;

  @TextField({ ...ADDRESS, optional: true })
  address?: string;

  @ChoiceField(LANGUAGES, { ...LANGUAGE, optional: true })
  language?: Language;
}

export class ListUsersRequest extends ListQuery {
  @ChoiceField(ROLES, { optional: true, description: 'Role of the users to return. Default: all roles.' })
  role?: Role;

  @ExistingEmailField({ ...EMAIL, optional: true, description: 'Exact e-mail address of the user to return.' })
  email?: string;
}

export class UpdateUserRequest extends ProfileFields {
  @ChoiceField(ROLES, {
    optional: true,
    description: 'New role. It ends the access tokens of the user; sessions continue with the new role.',
  })
  role?: Role;

  @BooleanField({
    optional: true,
    example: false,
    description:
      'Whether the user is blocked. A blocked user cannot sign in or refresh a session, and their access tokens end.',
  })
  blocked?: boolean;
}

export class UserAdminResponse extends UserResponse {
  @ApiProperty({ example: false, description: 'Whether the user is blocked.' }) blocked!: boolean;

  static override of(this: void, user: User): UserAdminResponse {
    return { ...UserResponse.of(user), blocked: user.blocked };
  }
}

import { ApiProperty } from '@nestjs/swagger';
import { INSTANT, USER_ID, VERSION } from '../../kernel/api-fields';
import { type Language, LANGUAGES } from '../../kernel/language';
import { type Role, ROLES } from '../../kernel/roles';
import {
  ChoiceField,
  EmailField,
  NameField,
  NewIdField,
  PhoneField,
  SecretField,
  TextField,
  UserIdField,
} from '../../platform/http/fields';
import {
  type ContactField,
  isEmailVerified,
  REFUSAL_REASONS,
  type RefusalReason,
  type Refusals,
  refusalsOf,
  type User,
} from './domain/user';
import { PreferencesField, type PreferencesRequest, PreferencesResponse } from './preferences.dto';

export const NAME = {
  example: 'Jimmy Joseph',
  description: 'Full name, without web addresses, phone numbers and invisible characters.',
};
export const EMAIL = { example: 'jimmy@example.com', description: 'E-mail address, without regard to case.' };
const PHONE = { example: '+919812345678', description: 'Phone number in E.164 form.' };
export const NEW_PHONE = {
  example: '+91 98123 45678',
  description:
    'Phone number. Spaces, hyphens, brackets and a leading 0 are accepted. Without a country code, it is a number of ' +
    'the country of the dairy (`DEFAULT_COUNTRY`). It is stored in E.164 form, such as `+919812345678`. ' +
    'Premium-rate, shared-cost, pager and satellite numbers are refused.',
};
export const ADDRESS = {
  max: 300,
  multiline: true,
  example: '12 Dairy Lane, Kochi',
  description: 'Default delivery address.',
};
/** The limits of a new password. */
export const PASSWORD = {
  min: 7,
  max: 128,
  example: 'test123',
  description:
    'New password. Characters are counted after Unicode normalisation (NFKC). In production, at least 8 characters (12 ' +
    'for an admin), and neither common nor made of the name of the person or the dairy.',
};
/** The limits of a password that is in use. */
export const EXISTING_PASSWORD = { max: PASSWORD.max, example: PASSWORD.example };
export const LANGUAGE = {
  example: 'en',
  description: 'Language of messages and documents. Default: that of the dairy.',
};
const NULL_CLEARS_FIELD = 'Null empties it.';

export class RegisterRequest {
  @NewIdField({
    ...USER_ID,
    description: 'Id of the new user. Default: a generated id. Some words, such as `admin`, are reserved.',
  })
  userId?: string;

  @NameField(NAME)
  name!: string;

  @EmailField(EMAIL)
  email!: string;

  @SecretField(PASSWORD)
  password!: string;

  @PhoneField({ ...NEW_PHONE, optional: true })
  phone?: string;

  @TextField({ ...ADDRESS, optional: true })
  address?: string;

  @ChoiceField(LANGUAGES, { ...LANGUAGE, optional: true })
  language?: Language;
}

export class RegisteredResponse {
  @ApiProperty({ example: 'User registered successfully', description: 'Confirmation, always the same text.' })
  message!: string;
  @ApiProperty(USER_ID) userId!: string;

  static of(this: void, { userId }: User): RegisteredResponse {
    return { message: 'User registered successfully', userId };
  }
}

export class ProfileQuery {
  @UserIdField()
  userId?: string;
}

/** The fields of their own profile that users may change. */
export class ProfileFields {
  @NameField({ ...NAME, optional: true })
  name?: string;

  @PhoneField({
    ...NEW_PHONE,
    optional: true,
    nullable: true,
    description: `${NEW_PHONE.description} ${NULL_CLEARS_FIELD}`,
  })
  phone?: string | null;

  @TextField({ ...ADDRESS, optional: true, nullable: true, description: `${ADDRESS.description} ${NULL_CLEARS_FIELD}` })
  address?: string | null;

  @ChoiceField(LANGUAGES, {
    ...LANGUAGE,
    optional: true,
    nullable: true,
    description: `${LANGUAGE.description} ${NULL_CLEARS_FIELD}`,
  })
  language?: Language | null;

  @PreferencesField()
  notifications?: PreferencesRequest;
}

export class UpdateProfileRequest extends ProfileFields {
  @UserIdField()
  userId?: string;
}

class RefusalResponse {
  @ApiProperty({ enum: ['email', 'phone'], description: 'Field to which nothing can be sent.' }) field!: ContactField;
  @ApiProperty({
    enum: REFUSAL_REASONS,
    description:
      'Why nothing is sent to it: the address or number cannot exist (`INVALID`), its owner wants no SMS from the ' +
      'dairy (`OPTED_OUT`), it is on a suppression list (`SUPPRESSED`), a mail to it came back (`BOUNCED`), or its ' +
      'owner reported one as spam (`COMPLAINED`).',
  })
  reason!: RefusalReason;
  @ApiProperty({ ...INSTANT, description: 'Instant of the refusal.' }) at!: string;

  static listOf(this: void, { email, phone }: Refusals): RefusalResponse[] {
    return [
      ...(email ? [{ field: 'email' as const, reason: email.reason, at: email.at }] : []),
      ...(phone ? [{ field: 'phone' as const, reason: phone.reason, at: phone.at }] : []),
    ];
  }
}

export class UserResponse {
  @ApiProperty(USER_ID) userId!: string;
  @ApiProperty({ example: NAME.example, description: NAME.description }) name!: string;
  @ApiProperty({ format: 'email', example: EMAIL.example, description: 'E-mail address, lower-cased.' }) email!: string;
  @ApiProperty({
    example: true,
    description:
      'Whether the user has confirmed the e-mail address. Until then it only gets messages about the account and the ' +
      'orders of the user, and few of them.',
  })
  emailVerified!: boolean;
  @ApiProperty({ ...PHONE, type: String, nullable: true }) phone!: string | null;
  @ApiProperty({ type: String, nullable: true, example: ADDRESS.example, description: ADDRESS.description })
  address!: string | null;
  @ApiProperty({ ...LANGUAGE, enum: LANGUAGES, nullable: true }) language!: Language | null;
  @ApiProperty({ enum: ROLES, description: 'Role of the user, which decides what they may call.' }) role!: Role;
  @ApiProperty({ example: false, description: 'Whether a sign-in needs a code of a second factor.' }) mfa!: boolean;
  @ApiProperty({ description: 'Notification preferences.' }) notifications!: PreferencesResponse;
  @ApiProperty({ ...INSTANT, description: 'Instant of the registration.' }) createdAt!: string;
  @ApiProperty({
    required: false,
    type: [RefusalResponse],
    description:
      'Means of contact that the provider refuses for good. Nothing is sent to them until they are saved again or ' +
      'changed. Absent if there are none.',
  })
  undeliverable?: RefusalResponse[];
  @ApiProperty(VERSION) version!: number;

  static of(this: void, user: User): UserResponse {
    const { userId, name, email, phone = null, address = null, language = null, role, mfa = false } = user;
    const { createdAt, version } = user;
    const notifications = PreferencesResponse.of(user.notifications);
    const emailVerified = isEmailVerified(user);
    const undeliverable = RefusalResponse.listOf(refusalsOf(user));
    return {
      ...{ userId, name, email, emailVerified, phone, address, language, role, mfa, notifications },
      ...{ createdAt, version },
      ...(undeliverable.length > 0 && { undeliverable }),
    };
  }
}

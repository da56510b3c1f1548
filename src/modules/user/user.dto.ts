import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { type Role, ROLES } from '../../kernel/roles';
import {
  BooleanField,
  EmailField,
  IdField,
  PhoneField,
  SecretField,
  TextField,
  UserIdField,
} from '../../platform/http/fields';
import { MAX_NAME_LENGTH, type User } from './domain/user';

export const NAME = { max: MAX_NAME_LENGTH, example: 'Jimmy Joseph' };
export const EMAIL = { example: 'jimmy@example.com' };
export const PHONE = { example: '+919812345678', description: 'E.164.' };
export const ADDRESS = { max: 300, multiline: true, example: '12 Dairy Lane, Kochi' };
/** What a new password must be; in production it must not be a common one either. */
export const PASSWORD = { min: 7, max: 128, example: 'test123' };
export const NULL_CLEARS_FIELD = 'null empties it.';

export class RegisterRequest {
  @IdField({ optional: true, example: 'U101', description: 'Made when left out.' })
  userId?: string;

  @TextField(NAME)
  name!: string;

  @EmailField(EMAIL)
  email!: string;

  @SecretField(PASSWORD)
  password!: string;

  @PhoneField({ ...PHONE, optional: true })
  phone?: string;

  @TextField({ ...ADDRESS, optional: true })
  address?: string;
}

export class RegisteredResponse {
  @ApiProperty({ example: 'User registered successfully' }) message!: string;
  @ApiProperty({ example: 'U101' }) userId!: string;

  static of(this: void, { userId }: User): RegisteredResponse {
    return { message: 'User registered successfully', userId };
  }
}

export class ProfileQuery {
  @UserIdField()
  userId?: string;
}

export class PreferencesRequest {
  @BooleanField({ optional: true, example: true, description: 'Wants e-mail about orders, deliveries and the wallet.' })
  email?: boolean;

  @BooleanField({ optional: true, example: false, description: 'Wants SMS about deliveries and a low balance.' })
  sms?: boolean;
}

/** What a user may change of himself. */
export class ProfileFields {
  @TextField({ ...NAME, optional: true })
  name?: string;

  @PhoneField({ ...PHONE, optional: true, nullable: true, description: `E.164; ${NULL_CLEARS_FIELD}` })
  phone?: string | null;

  @TextField({ ...ADDRESS, optional: true, nullable: true, description: NULL_CLEARS_FIELD })
  address?: string | null;

  @ApiProperty({ type: () => PreferencesRequest, required: false, description: 'What is left out stays.' })
  @ValidateIf((_, value) => value !== undefined)
  @IsObject({ message: 'notifications must be an object' })
  @ValidateNested()
  @Type(() => PreferencesRequest)
  notifications?: PreferencesRequest;
}

export class UpdateProfileRequest extends ProfileFields {
  @UserIdField()
  userId?: string;
}

class PreferencesResponse {
  @ApiProperty() email!: boolean;
  @ApiProperty() sms!: boolean;
}

export class UserResponse {
  @ApiProperty({ example: 'U101' }) userId!: string;
  @ApiProperty({ example: NAME.example }) name!: string;
  @ApiProperty({ format: 'email', example: EMAIL.example }) email!: string;
  @ApiProperty({ type: String, nullable: true, example: PHONE.example }) phone!: string | null;
  @ApiProperty({ type: String, nullable: true, example: ADDRESS.example }) address!: string | null;
  @ApiProperty({ enum: ROLES }) role!: Role;
  @ApiProperty() notifications!: PreferencesResponse;
  @ApiProperty({ format: 'date-time', example: '2026-11-30T15:00:00Z' }) createdAt!: string;
  @ApiProperty({ type: 'integer', example: 1, description: 'Also the ETag.' }) version!: number;

  static of(this: void, user: User): UserResponse {
    const { userId, name, email, phone = null, address = null, role, notifications, createdAt, version } = user;
    return { userId, name, email, phone, address, role, notifications, createdAt, version };
  }
}

import { ApiProperty } from '@nestjs/swagger';
import { EmailField, SecretField, TextField } from '../../platform/http/fields';
import { type Role, ROLES } from '../../platform/roles';
import type { SignedIn } from './session.service';
import { EMAIL, PASSWORD } from './user.dto';

export class LoginRequest {
  @EmailField(EMAIL)
  email!: string;

  /** Any length up to the longest: a short one is wrong like any other. */
  @SecretField({ ...PASSWORD, min: 1 })
  password!: string;
}

export class RefreshTokenRequest {
  @TextField({ max: 2_000, description: 'The last refreshToken you were given.' })
  refreshToken!: string;
}

export class SignedInResponse {
  @ApiProperty({ description: 'Send it as Authorization: Bearer <accessToken>.' }) accessToken!: string;
  @ApiProperty({ example: 'Bearer' }) tokenType!: string;
  @ApiProperty({ example: 900, description: 'Seconds until the access token ends.' }) expiresIn!: number;
  @ApiProperty({ description: 'Good once, for thirty days, at POST /user/refresh.' }) refreshToken!: string;
  @ApiProperty({ example: 'U101' }) userId!: string;
  @ApiProperty({ enum: ROLES }) role!: Role;

  static of(this: void, { accessToken, expiresIn, refreshToken, userId, role }: SignedIn): SignedInResponse {
    return { accessToken, tokenType: 'Bearer', expiresIn, refreshToken, userId, role };
  }
}

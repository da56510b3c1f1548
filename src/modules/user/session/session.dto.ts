import { ApiProperty } from '@nestjs/swagger';
import { type Role, ROLES } from '../../../kernel/roles';
import { EmailField, SecretField, TextField } from '../../../platform/http/fields';
import { EMAIL, PASSWORD } from '../user.dto';
import type { SignInResult } from './session.service';

const REFRESH_TOKEN = '01K9Z7Q4M2.V0Sn…';

export class LoginRequest {
  @EmailField(EMAIL)
  email!: string;

  @SecretField({ ...PASSWORD, min: 1, description: 'Any length: a short one is wrong like any other.' })
  password!: string;
}

export class RefreshTokenRequest {
  @TextField({ max: 2_000, example: REFRESH_TOKEN, description: 'The last refreshToken you were given.' })
  refreshToken!: string;
}

export class SessionResponse {
  @ApiProperty({ example: 'eyJhbGciOi…', description: 'Send it as Authorization: Bearer <accessToken>.' })
  accessToken!: string;
  @ApiProperty({ example: 'Bearer' }) tokenType!: string;
  @ApiProperty({ type: 'integer', example: 900, description: 'Seconds until the access token ends.' })
  expiresIn!: number;
  @ApiProperty({ example: REFRESH_TOKEN, description: 'Good once, for thirty days, at POST /user/refresh.' })
  refreshToken!: string;
  @ApiProperty({ example: 'U101' }) userId!: string;
  @ApiProperty({ enum: ROLES }) role!: Role;

  static of(this: void, { accessToken, expiresIn, refreshToken, userId, role }: SignInResult): SessionResponse {
    return { accessToken, tokenType: 'Bearer', expiresIn, refreshToken, userId, role };
  }
}

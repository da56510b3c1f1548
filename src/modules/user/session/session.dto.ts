import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { USER_ID } from '../../../kernel/api-fields';
import { type Role, ROLES } from '../../../kernel/roles';
import { DigitsField, ExistingEmailField, ExistingSecretField, TextField } from '../../../platform/http/fields';
import { RECOVERY_CODE, TOTP_CODE } from '../second-factor/second-factor.dto';
import { EMAIL, EXISTING_PASSWORD } from '../user.dto';
import type { SignInResult } from './session.service';

const REFRESH_TOKEN = '01K9Z7Q4M2.V0Sn…';

export class LoginRequest {
  @ExistingEmailField(EMAIL)
  email!: string;

  @ExistingSecretField({ ...EXISTING_PASSWORD, description: 'Password of the account.' })
  password!: string;

  @DigitsField({
    ...TOTP_CODE,
    optional: true,
    description: `${TOTP_CODE.description} Needed by accounts with a second factor; else ignored.`,
  })
  totp?: string;

  @TextField({ ...RECOVERY_CODE, optional: true, description: `Instead of \`totp\`. ${RECOVERY_CODE.description}` })
  recoveryCode?: string;
}

export class RefreshTokenRequest {
  @TextField({
    max: 2_000,
    optional: true,
    example: REFRESH_TOKEN,
    description: 'Refresh token from the last response. Left out with `X-Session: cookie`, else required.',
  })
  refreshToken?: string;
}

export class SessionResponse {
  @ApiProperty({ example: 'eyJhbGciOi…', description: 'Token for the header `Authorization: Bearer <accessToken>`.' })
  accessToken!: string;
  @ApiProperty({ example: 'Bearer', description: 'Authentication scheme, always `Bearer`.' }) tokenType!: string;
  @ApiProperty({
    type: 'integer',
    example: 900,
    description: 'Lifetime of the access token, in seconds: 900, or less if the session ends before.',
  })
  expiresIn!: number;
  @ApiPropertyOptional({
    example: REFRESH_TOKEN,
    description:
      'Token for `POST /user/refresh`, valid for 30 days, but at most until 90 days after the sign-in. It works once, ' +
      'and can be repeated for 30 seconds. Absent with `X-Session: cookie`.',
  })
  refreshToken?: string;
  @ApiProperty(USER_ID) userId!: string;
  @ApiProperty({ enum: ROLES, description: 'Role of the user.' }) role!: Role;

  static of(
    this: void,
    {
      accessToken,
      expiresIn,
      refreshToken,
      userId,
      role,
    }: Pick<SessionResponse, 'refreshToken'> & Omit<SignInResult, 'refreshToken'>,
  ): SessionResponse {
    return { accessToken, tokenType: 'Bearer', expiresIn, refreshToken, userId, role };
  }
}

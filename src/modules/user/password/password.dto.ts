import { ApiProperty } from '@nestjs/swagger';
import {
  ExistingEmailField,
  ExistingSecretField,
  SecretField,
  TextField,
  UserIdField,
} from '../../../platform/http/fields';
import { EMAIL, EXISTING_PASSWORD, PASSWORD } from '../user.dto';

const NEW_PASSWORD = { ...PASSWORD, example: 'cream-on-top-7' };

export class ChangePasswordRequest {
  @ExistingSecretField({ ...EXISTING_PASSWORD, description: 'Password to be replaced.' })
  currentPassword!: string;

  @SecretField(NEW_PASSWORD)
  newPassword!: string;

  @UserIdField({ description: 'Id of the caller. Any other is refused.' })
  userId?: string;
}

export class ForgotPasswordRequest {
  @ExistingEmailField(EMAIL)
  email!: string;
}

export class ResetPasswordRequest {
  @TextField({
    max: 2_000,
    example: '01K9Z7Q4M2.q8Xw…',
    description: 'Token from the mail. Works once, within an hour; that of an invitation within seven days.',
  })
  token!: string;

  @SecretField(NEW_PASSWORD)
  newPassword!: string;
}

export class ForgotPasswordResponse {
  @ApiProperty({
    example: 'If this e-mail has an account, instructions to reset the password are on their way',
    description: 'Confirmation, the same whether or not the account exists.',
  })
  message!: string;
}

export const RESET_LINK_REQUESTED: ForgotPasswordResponse = {
  message: 'If this e-mail has an account, instructions to reset the password are on their way',
};

import { ApiProperty } from '@nestjs/swagger';
import { DigitsField, ExistingSecretField, TextField } from '../../../platform/http/fields';
import { EXISTING_PASSWORD } from '../user.dto';

/** The code that an authenticator app shows. */
export const TOTP_CODE = { length: 6, example: '492039', description: 'Code of the authenticator app.' };
export const RECOVERY_CODE = {
  max: 40,
  example: 'K7M4-Q2XD-9F3R-0VTB',
  description: 'Recovery code, in any case, with or without hyphens. Each works once.',
};

const ACCOUNT_PASSWORD = {
  ...EXISTING_PASSWORD,
  optional: true,
  description: 'Password of the account. Users of an external issuer have none.',
};

export class SetUpSecondFactorRequest {
  @ExistingSecretField(ACCOUNT_PASSWORD)
  password?: string;
}

export class SecondFactorSecretResponse {
  @ApiProperty({
    example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    description: 'Secret to type into an authenticator app, in Base32.',
  })
  secret!: string;
  @ApiProperty({
    example: 'otpauth://totp/Milkround:asha%40example.com?issuer=Milkround&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    description: 'The same as an `otpauth:` URI, to show as a QR code.',
  })
  uri!: string;
}

export class ConfirmSecondFactorRequest {
  @DigitsField(TOTP_CODE)
  code!: string;
}

export class RecoveryCodesResponse {
  @ApiProperty({
    example: [RECOVERY_CODE.example],
    description: 'Ten codes that work once each, instead of the app. They are not shown again.',
  })
  recoveryCodes!: string[];
}

export class VerifySecondFactorRequest {
  @DigitsField({ ...TOTP_CODE, optional: true })
  code?: string;

  @TextField({ ...RECOVERY_CODE, optional: true })
  recoveryCode?: string;
}

export class RemoveSecondFactorRequest extends VerifySecondFactorRequest {
  @ExistingSecretField(ACCOUNT_PASSWORD)
  password?: string;
}

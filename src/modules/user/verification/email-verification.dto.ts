import { ApiProperty } from '@nestjs/swagger';
import { TextField, UserIdField } from '../../../platform/http/fields';

export class VerifyEmailRequest {
  @TextField({
    max: 2_000,
    example: 'VTAxSzla.1796000000.q8Xw…',
    description: 'Token from the welcome or verification mail. Valid for seven days.',
  })
  token!: string;
}

export class RequestVerificationQuery {
  @UserIdField()
  userId?: string;
}

export class VerificationRequestedResponse {
  @ApiProperty({
    example: 'A mail to verify the e-mail address is on its way',
    description: 'Confirmation, always the same text.',
  })
  message!: string;
}

export const VERIFICATION_REQUESTED: VerificationRequestedResponse = {
  message: 'A mail to verify the e-mail address is on its way',
};

import { TextField } from '../../../platform/http/fields';

export class UnsubscribeQuery {
  @TextField({
    max: 300,
    example: 'VTAxSzla.email.lowBalance.q8Xw…',
    description: 'Token from the link in a mail, however old.',
  })
  token!: string;
}

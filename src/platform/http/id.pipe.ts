import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { ID_PATTERN } from '../../kernel/ids';
import { InvalidRequest } from '../errors';

/** An id in a path. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string, { data: field = 'id' }: ArgumentMetadata): string {
    if (ID_PATTERN.test(value)) return value;
    throw new InvalidRequest([{ field, message: `${field} must be an id: 1–64 letters, digits, - or _` }]);
  }
}

import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { type LocalDate, parseDate } from '../../kernel/calendar';
import { InvalidRequest } from '../errors';

/** A local date in a path. */
@Injectable()
export class DatePipe implements PipeTransform<string, LocalDate> {
  transform(value: string, { data: field = 'date' }: ArgumentMetadata): LocalDate {
    const date = parseDate(value);
    if (date !== undefined) return date;
    throw new InvalidRequest([{ field, message: `${field} must be a date such as 2025-10-15` }]);
  }
}

import { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';

/**
 * Rows as a CSV file for download. With a byte order mark, spreadsheets read it as UTF-8. An apostrophe is put before text that a spreadsheet would run as a formula. Numbers
 * stay numbers, including negative ones.
 */
export function csvFile(
  fileName: string,
  rows: readonly object[],
  columns: readonly string[],
  { bom = false } = {},
): StreamableFile {
  return new StreamableFile(Buffer.from(toCsv(rows, columns, { bom })), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${fileName}"`,
  });
}

export function toCsv(rows: readonly object[], columns: readonly string[], { bom = false } = {}): string {
  return stringify([...rows], { columns: [...columns], header: true, escape_formulas: true, bom });
}

import { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';

/** Without it, Excel reads UTF-8 as another encoding. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Rows as a CSV file for download. An apostrophe is put before text that a spreadsheet would run as a formula. Numbers
 * stay numbers, including negative ones.
 */
export function csvFile(fileName: string, rows: readonly object[], columns: readonly string[]): StreamableFile {
  return new StreamableFile(Buffer.from(csvText(rows, columns)), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${fileName}"`,
  });
}

/** The text of a file. */
export function csvText(rows: readonly object[], columns: readonly string[]): string {
  return BYTE_ORDER_MARK + toCsv(rows, columns);
}

export function toCsv(rows: readonly object[], columns: readonly string[]): string {
  return stringify([...rows], { columns: [...columns], header: true, escape_formulas: true });
}

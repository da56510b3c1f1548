import { buffer } from 'node:stream/consumers';
import { csvFile, toCsv } from './csv-file';

describe('CSV', () => {
  it.each(['=1+2', '+91981', '-1', '@SUM(A1)', '\tx', '\rx'])('escapes %j, which a spreadsheet would run', (name) => {
    expect(toCsv([{ name }], ['name'])).toMatch(/^name\n"?'/);
  });

  it('begins with a byte order mark in a file', async () => {
    const file = await buffer(csvFile('names.csv', [], ['name']).getStream());
    expect(file.toString()).toBe('\uFEFFname\n');
  });

  it('keeps numbers and plain text, and quotes text that would break a row', () => {
    const rows = [{ name: 'Milk, full "cream"', revenue: -12.5 }, { name: 'a=b' }];
    expect(toCsv(rows, ['name', 'revenue'])).toBe('name,revenue\n"Milk, full ""cream""",-12.5\na=b,\n');
  });
});

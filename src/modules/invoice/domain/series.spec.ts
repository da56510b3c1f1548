import { creditNoteNumberOf, creditNoteSeriesOf, invoiceNumberOf, placeOf, seriesOf } from './series';

describe('the series of an invoice', () => {
  it.each([
    ['2026-03-31', 4, '2025-26'],
    ['2026-04-01', 4, '2026-27'],
    ['2027-01-01', 4, '2026-27'],
    ['2099-12-31', 4, '2099-00'],
    ['2026-06-30', 7, '2025-26'],
    ['2026-01-01', 1, '2026'],
    ['2026-12-31', 1, '2026'],
  ])('of %s is, with financial years that begin in month %i, %s', (date, month, expected) => {
    expect(seriesOf(date, month)).toBe(expected);
  });

  it('is part of the number', () => {
    expect(invoiceNumberOf('2026-27', 123)).toBe('2026-27/000123');
    expect(invoiceNumberOf('2026-27', 12_345_678)).toHaveLength(16);
  });

  it('is another one for credit notes', () => {
    const series = creditNoteSeriesOf('2026-11-30', 4);
    expect(creditNoteNumberOf(series, 7)).toBe('2026-27/C000007');
    expect(placeOf('2026-27/C000007')).toEqual({ series, position: 7 });
    expect(placeOf('2026/000123')).toEqual({ series: '2026', position: 123 });
  });
});

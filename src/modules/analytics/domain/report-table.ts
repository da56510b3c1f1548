import { FIGURES } from './figures';
import type { ShownDay } from './report';

/** The columns of the report as a table, in order. The first ones are those of earlier versions. */
export const REPORT_COLUMNS = [
  'date',
  ...FIGURES.filter((figure) => figure !== 'walletChange'),
  'failedReasons',
  'topProducts',
  'walletFloat',
];

/** A day as a row of a table: lists become text. */
export function tableRowOf(day: ShownDay): object {
  return {
    ...day,
    failedReasons: Object.entries(day.failedReasons)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([reason, count]) => `${reason}: ${count}`)
      .join('; '),
    topProducts: day.topProducts.map(({ productId, name, units }) => `${name ?? productId}: ${units}`).join('; '),
  };
}

import { DetailsSheet } from './details-sheet.tsx';
import { PriceSheet } from './price-sheet.tsx';
import { StockSheet } from './stock-sheet.tsx';
import { WithdrawSheet } from './withdraw-sheet.tsx';

/** The sheets of a product. The parameter of the URL with this name holds its id. */
export const SHEETS = { price: PriceSheet, stock: StockSheet, details: DetailsSheet, withdraw: WithdrawSheet };
export type SheetName = keyof typeof SHEETS;
export const SHEET_NAMES = Object.keys(SHEETS) as SheetName[];

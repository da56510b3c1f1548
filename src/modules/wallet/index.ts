export {
  type Adjustment,
  ADJUSTMENT_TYPES,
  type Entry,
  entryIdOf,
  type EntryType,
  type Movement,
  type Shortfall,
  sumOf,
  type Wallet,
} from './wallet';
export { InsufficientBalance, WalletMoved } from './wallet.errors';
export { WalletModule } from './wallet.module';
export { type Moving, WalletMovements } from './wallet.movements';
export { WalletService } from './wallet.service';

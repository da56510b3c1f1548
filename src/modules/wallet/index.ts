export {
  addedLinesDebitOf,
  type Adjustment,
  ADJUSTMENT_TYPES,
  entryIdOf,
  type LedgerEntry,
  type LedgerEntryType,
  type Movement,
  orderDebitOf,
  paymentIdOfSource,
  type Shortfall,
  sumOf,
  type Wallet,
} from './domain/wallet';
export { InsufficientBalance, WalletChanged } from './domain/wallet.errors';
export { type Posting, WalletMovements } from './wallet-movements.service';
export { WalletModule } from './wallet.module';
export { WalletService } from './wallet.service';

export { AnalyticsModule } from './analytics.module';
export { WalletFloat } from './wallet-float.service';

export { Cutoff, CUTOFF_GRACE_MINUTES } from './domain/cutoff';
export { checkWithinHorizon } from './domain/date-range';
export { type ProductUnits, sortByName } from './domain/demand';
export { type CalendarDay, forecast } from './domain/forecast';
export { MAX_PARTS, PARTITION_COUNT, sliceOf, SUBSCRIPTION_PARTITIONS, subscriptionPartitionOf } from './domain/ids';
export {
  occurrenceOn,
  type PendingOccurrence,
  pendingOccurrence,
  type PendingSubscription,
  pendingSubscriptions,
} from './domain/occurrence';
export { type Outcome, OUTCOMES } from './domain/outcome';
export type { PaymentMethod, Subscription, Terms } from './domain/subscription';
export { CustomerBlocked, SubscriptionConflict, SubscriptionNotFound } from './domain/subscription.errors';
export { SubscriptionScan } from './subscription-scan';
export { LowBalanceWarnings } from './low-balance-warnings.service';
export { SubscriptionModule } from './subscription.module';
export { SubscriptionService } from './subscription.service';

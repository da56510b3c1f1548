export { Generation } from './generation.service';
export { SubscriptionModule } from './subscription.module';

export { DeadNotifications } from './dead-notifications.service';
export { DeferredMessages } from './deferred-messages.service';
export { NotificationModule } from './notification.module';

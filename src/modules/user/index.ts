export type { Contact, Courier, NotificationPreferences, User, UserDetails } from './domain/user';
export { EmailTaken, UserIdTaken, UserNotFound } from './domain/user.errors';
export { UserModule } from './user.module';
export { UserService } from './user.service';

export type { Contact, Courier, NotificationPreferences, Person, User } from './user';
export { EmailTaken, UserIdTaken, UserNotFound } from './user.errors';
export { UserModule } from './user.module';
export { UserService } from './user.service';

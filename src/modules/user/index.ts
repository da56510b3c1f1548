export type { Contact, ContactField, Courier, RefusalReason, User, UserDetails } from './domain/user';
export {
  type NotificationPreferences,
  OPTIONAL_KINDS,
  type OptionalKind,
  type PreferenceChannel,
} from './domain/message-preferences';
export { MessageOptOuts } from './message-opt-outs.service';
export { type AccountChange, type AccountEffects, AccountHooks } from './account-hooks.service';
export { AccountChangeConflict, EmailTaken, UserBlocked, UserIdTaken, UserNotFound } from './domain/user.errors';
export { type AdminToken, AdminTokens } from './session/admin-tokens.service';
export { SecondFactors } from './second-factor/second-factors.service';
export { UserModule } from './user.module';
export { UserService } from './user.service';

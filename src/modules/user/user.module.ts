import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { AuditModule } from '../audit';
import { AccountHooks } from './account-hooks.service';
import { CourierDirectory } from './courier-directory.service';
import { MessageOptOuts } from './message-opt-outs.service';
import { OidcUsers } from './oidc/oidc-users.service';
import { OidcStrategy } from './oidc/oidc.strategy';
import { PasswordHasher } from './password/password-hasher.service';
import { PasswordResetRequests } from './password/password-reset-requests.service';
import { PasswordResetTokens } from './password/password-reset-tokens.service';
import { PasswordController } from './password/password.controller';
import { PasswordService } from './password/password.service';
import { AccessRevocationRepository } from './session/access-revocation.repository';
import { AccessRevocations } from './session/access-revocations.service';
import { AccountGuard } from './session/account.guard';
import { AdminTokens } from './session/admin-tokens.service';
import { ACCESS_TOKEN_SECONDS, SessionTokens } from './session/session-tokens.service';
import { SessionController } from './session/session.controller';
import { SessionRepository } from './session/session.repository';
import { SecondFactorCheck } from './second-factor/second-factor-check.service';
import { SecondFactorAdminController } from './second-factor/second-factor.admin.controller';
import { SecondFactorController } from './second-factor/second-factor.controller';
import { SecondFactorRepository } from './second-factor/second-factor.repository';
import { SecondFactors } from './second-factor/second-factors.service';
import { TotpCodes } from './second-factor/totp-codes.service';
import { SessionService } from './session/session.service';
import { SignInFailures } from './session/sign-in-failures.service';
import { UserSessionsController } from './session/user-sessions.controller';
import { UserSessions } from './session/user-sessions.service';
import { PhoneChanges } from './phone-changes.service';
import { PhoneNumbers } from './phone-numbers.service';
import { ThrottleService } from './throttle/throttle.service';
import { UserAdminController } from './user.admin.controller';
import { UserController } from './user.controller';
import { UserRepository } from './user.repository';
import { accessRevocationsTable, secondFactorsTable, sessionsTable, userEmailsTable, usersTable } from './user.schema';
import { UserService } from './user.service';
import { USER_SETTINGS, type UserSettings } from './user.settings';
import { EmailVerificationTokens } from './verification/email-verification-tokens.service';
import { EmailVerificationController } from './verification/email-verification.controller';
import { EmailVerificationRepository } from './verification/email-verification.repository';
import { EmailVerificationService } from './verification/email-verification.service';

/**
 * Users: accounts, sign-in by password or by tokens of an OIDC issuer, sessions, password resets and throttling. It
 * also tells other modules the addresses of customers and which couriers are active.
 */
@Module({
  imports: [
    AuditModule,
    DynamoModule.forTables(usersTable, userEmailsTable, sessionsTable, accessRevocationsTable, secondFactorsTable),
    JwtModule.registerAsync({
      inject: [PLATFORM_SETTINGS],
      useFactory: ({ jwtSecret, jwtIssuer, jwtAudience }: PlatformSettings) => ({
        secret: jwtSecret,
        signOptions: { algorithm: 'HS256', issuer: jwtIssuer, audience: jwtAudience, expiresIn: ACCESS_TOKEN_SECONDS },
      }),
    }),
  ],
  controllers: [
    UserController,
    SessionController,
    UserSessionsController,
    PasswordController,
    EmailVerificationController,
    UserAdminController,
    SecondFactorController,
    SecondFactorAdminController,
  ],
  providers: [
    provideSettings(USER_SETTINGS),
    UserRepository,
    SessionRepository,
    AccessRevocationRepository,
    AccessRevocations,
    SignInFailures,
    ThrottleService,
    PhoneNumbers,
    PhoneChanges,
    AccountHooks,
    CourierDirectory,
    OidcUsers,
    {
      provide: OidcStrategy,
      inject: [OidcUsers, USER_SETTINGS],
      useFactory: async (users: OidcUsers, { issuer }: UserSettings) => {
        // Imported on demand, because only an external issuer needs the library.
        const keys = issuer && (await import('./oidc/oidc-jwks.js')).jwksKeyProvider(issuer.keysUrl);
        return new OidcStrategy(users, issuer, keys);
      },
    },
    PasswordHasher,
    PasswordResetTokens,
    PasswordResetRequests,
    EmailVerificationTokens,
    EmailVerificationRepository,
    EmailVerificationService,
    SessionTokens,
    UserService,
    MessageOptOuts,
    SessionService,
    AdminTokens,
    UserSessions,
    SecondFactorRepository,
    SecondFactorCheck,
    SecondFactors,
    TotpCodes,
    PasswordService,
    { provide: APP_GUARD, useClass: AccountGuard },
  ],
  exports: [UserService, MessageOptOuts, SecondFactors, AccountHooks],
})
export class UserModule {}

import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { CONFIG, type Config } from '../../platform/config/config';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { AdminUserController } from './admin-user.controller';
import { IssuedStrategy } from './issued.strategy';
import { IssuedUsers } from './issued.users';
import { PasswordController } from './password.controller';
import { ForgottenPasswords } from './password.forgotten';
import { PasswordHasher } from './password.hasher';
import { PasswordResets } from './password.reset';
import { PasswordService } from './password.service';
import { SessionController } from './session.controller';
import { SessionRepository } from './session.repository';
import { SessionService } from './session.service';
import { ACCESS_SECONDS, SessionTokens } from './session.tokens';
import { StandingGuard } from './standing.guard';
import { ThrottleRepository } from './throttle.repository';
import { Throttle } from './throttle.service';
import { UserController } from './user.controller';
import { Couriers } from './user.couriers';
import { UserRepository } from './user.repository';
import { sessionsTable, throttlesTable, userEmailsTable, usersTable } from './user.schema';
import { UserService } from './user.service';

@Module({
  imports: [
    DynamoModule.forTables(usersTable, userEmailsTable, sessionsTable, throttlesTable),
    JwtModule.registerAsync({
      inject: [CONFIG],
      useFactory: ({ jwtSecret, jwtIssuer, jwtAudience }: Config) => ({
        secret: jwtSecret,
        signOptions: { algorithm: 'HS256', issuer: jwtIssuer, audience: jwtAudience, expiresIn: ACCESS_SECONDS },
      }),
    }),
  ],
  controllers: [UserController, SessionController, PasswordController, AdminUserController],
  providers: [
    UserRepository,
    SessionRepository,
    ThrottleRepository,
    Throttle,
    Couriers,
    IssuedUsers,
    {
      provide: IssuedStrategy,
      inject: [IssuedUsers, CONFIG],
      useFactory: async (users: IssuedUsers, { issuer }: Config) => {
        // Only now, as its library is not for those who sign everybody in themselves.
        const keys = issuer && (await import('./issued.keys.js')).keysOf(issuer.keysUrl);
        return new IssuedStrategy(users, issuer, keys);
      },
    },
    PasswordHasher,
    PasswordResets,
    ForgottenPasswords,
    SessionTokens,
    UserService,
    SessionService,
    PasswordService,
    { provide: APP_GUARD, useClass: StandingGuard },
  ],
  exports: [UserService],
})
export class UserModule {}

import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { ScheduleModule } from '@nestjs/schedule';
import { LoggerModule } from 'nestjs-pino';
import { Calendar } from '../kernel/calendar';
import { AccessRuleCheck } from './auth/access-rule-check';
import { AccessGuard } from './auth/access.guard';
import { JwtStrategy } from './auth/jwt.strategy';
import { RevokedTokens } from './auth/revoked-tokens';
import { BackgroundTasks } from './background-tasks';
import { Clock } from './clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from './config/platform.settings';
import { Configuration, provideSettings } from './config/configuration';
import { DynamoModule } from './dynamo/dynamo.module';
import { EventsModule } from './events/events.module';
import { CallerRateLimitGuard } from './http/caller-rate-limit.guard';
import { ForeignHosts } from './http/apps/foreign-hosts';
import { HealthController } from './http/health.controller';
import { QueryGuard } from './http/query.guard';
import { IdleMonitor } from './idle-monitor';
import { JobRunner } from './jobs/job-runner';
import { JobRepository } from './jobs/job.repository';
import { loggerOptions } from './logging';
import type { Migration } from './migration/migration';
import { PdfRenderer } from './pdf/pdf-renderer.service';
import { QueueModule } from './queue/queue.module';
import { APPLICATION_MIGRATIONS, SharedSettings } from './shared-settings';
import { GracefulShutdown } from './shutdown/graceful-shutdown';
import { ShutdownSignal } from './shutdown/shutdown-signal';
import { DependencyChecks } from './startup/dependency-checks';
import { StorageModule } from './storage/storage.module';
import { Metrics } from './telemetry/metrics';
import { TelemetryFlush } from './telemetry/telemetry-flush';
import { FailureCountRepository } from './throttle/failure-count.repository';
import { ThrottleRepository } from './throttle/throttle.repository';
import { TransactionModule } from './transaction/transaction.module';
import { Turns } from './turns';

/** What the application passes to the platform, besides what its modules declare. */
export interface PlatformOptions {
  readonly configuration: () => Configuration;
  readonly eventTypes: ReadonlySet<string>;
  readonly migrations: readonly Migration[];
}

@Global()
@Module({
  imports: [
    LoggerModule.forRootAsync({ inject: [PLATFORM_SETTINGS], useFactory: loggerOptions }),
    ScheduleModule.forRoot(),
    PassportModule,
    DiscoveryModule,
    DynamoModule,
    QueueModule,
    StorageModule,
    TransactionModule,
  ],
  controllers: [HealthController],
  providers: [
    provideSettings(PLATFORM_SETTINGS),
    Clock,
    { provide: Calendar, inject: [PLATFORM_SETTINGS], useFactory: ({ zone }: PlatformSettings) => new Calendar(zone) },
    SharedSettings,
    Turns,
    IdleMonitor,
    ForeignHosts,
    BackgroundTasks,
    ShutdownSignal,
    DependencyChecks,
    GracefulShutdown,
    JobRepository,
    JobRunner,
    PdfRenderer,
    ThrottleRepository,
    FailureCountRepository,
    Metrics,
    TelemetryFlush,
    JwtStrategy,
    AccessRuleCheck,
    RevokedTokens,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: CallerRateLimitGuard },
    { provide: APP_GUARD, useClass: QueryGuard },
  ],
  exports: [
    Configuration,
    PLATFORM_SETTINGS,
    Clock,
    Calendar,
    SharedSettings,
    Turns,
    IdleMonitor,
    ForeignHosts,
    BackgroundTasks,
    ShutdownSignal,
    DependencyChecks,
    JobRunner,
    PdfRenderer,
    Metrics,
    RevokedTokens,
    ThrottleRepository,
    FailureCountRepository,
  ],
})
export class PlatformModule {
  static forRoot({ configuration, eventTypes, migrations }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        ConfigModule.forRoot({ ignoreEnvFile: true, load: [() => ({ configuration: configuration() })] }),
        EventsModule.forRoot(eventTypes),
      ],
      providers: [
        { provide: APPLICATION_MIGRATIONS, useValue: migrations },
        {
          provide: Configuration,
          inject: [ConfigService],
          useFactory: (service: ConfigService) => service.getOrThrow<Configuration>('configuration'),
        },
      ],
    };
  }
}

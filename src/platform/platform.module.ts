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
import { BackgroundTasks } from './background-tasks';
import { Clock } from './clock';
import { CONFIG, type Config, readConfig } from './config/config';
import { DynamoModule } from './dynamo/dynamo.module';
import { EventsModule } from './events/events.module';
import { HealthController } from './http/health.controller';
import { QueryGuard } from './http/query.guard';
import { IdleMonitor } from './idle-monitor';
import { JobRunner } from './jobs/job-runner';
import { JobRepository } from './jobs/job.repository';
import { loggerOptions } from './logging';
import { QueueModule } from './queue/queue.module';
import { Settings } from './settings';
import { GracefulShutdown } from './shutdown/graceful-shutdown';
import { ShutdownSignal } from './shutdown/shutdown-signal';
import { DependencyChecks } from './startup/dependency-checks';
import { Metrics } from './telemetry/metrics';
import { TelemetryFlush } from './telemetry/telemetry-flush';
import { TransactionModule } from './transaction/transaction.module';

@Global()
@Module({
  imports: [
    ConfigModule.forRoot({ load: [() => ({ config: readConfig() })] }),
    LoggerModule.forRootAsync({ inject: [CONFIG], useFactory: loggerOptions }),
    ScheduleModule.forRoot(),
    PassportModule,
    DiscoveryModule,
    DynamoModule,
    QueueModule,
    TransactionModule,
  ],
  controllers: [HealthController],
  providers: [
    {
      provide: CONFIG,
      inject: [ConfigService],
      useFactory: (service: ConfigService) => service.getOrThrow<Config>('config'),
    },
    Clock,
    { provide: Calendar, inject: [CONFIG], useFactory: ({ zone }: Config) => new Calendar(zone) },
    Settings,
    IdleMonitor,
    BackgroundTasks,
    ShutdownSignal,
    DependencyChecks,
    GracefulShutdown,
    JobRepository,
    JobRunner,
    Metrics,
    TelemetryFlush,
    JwtStrategy,
    AccessRuleCheck,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: QueryGuard },
  ],
  exports: [
    CONFIG,
    Clock,
    Calendar,
    Settings,
    IdleMonitor,
    BackgroundTasks,
    ShutdownSignal,
    DependencyChecks,
    JobRunner,
    Metrics,
  ],
})
export class PlatformModule {
  /** What the application registers with the platform beyond what modules declare for themselves. */
  static forRoot({ eventTypes }: { eventTypes: ReadonlySet<string> }): DynamicModule {
    return { module: PlatformModule, imports: [EventsModule.forRoot(eventTypes)] };
  }
}

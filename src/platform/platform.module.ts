import { Global, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { ScheduleModule } from '@nestjs/schedule';
import { LoggerModule } from 'nestjs-pino';
import { Calendar } from './calendar';
import { Clock } from './clock';
import { CONFIG, type Config, readConfig } from './config';
import { DynamoModule } from './dynamo/dynamo.module';
import { Ending } from './ending';
import { EventsModule } from './events/events.module';
import { AccessCheck, AccessGuard, JwtStrategy } from './http/access.guard';
import { Doors } from './http/doors';
import { HealthController } from './http/health.controller';
import { QueryGuard } from './http/query.guard';
import { SlowAnswers } from './http/slow-answers';
import { Idleness } from './idleness';
import { loggerOptions } from './logging';
import { Needs } from './needs';
import { QueueModule } from './queue/queue.module';
import { Settings } from './settings';
import { Metrics } from './telemetry/metrics';
import { TelemetryFlush } from './telemetry/telemetry.flush';

@Global()
@Module({
  imports: [
    ConfigModule.forRoot({ load: [() => ({ config: readConfig() })] }),
    LoggerModule.forRootAsync({ inject: [CONFIG], useFactory: loggerOptions }),
    ScheduleModule.forRoot(),
    PassportModule,
    DiscoveryModule,
    DynamoModule,
    EventsModule,
    QueueModule,
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
    Idleness,
    Ending,
    Needs,
    Doors,
    SlowAnswers,
    Metrics,
    TelemetryFlush,
    JwtStrategy,
    AccessCheck,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: QueryGuard },
  ],
  exports: [CONFIG, Clock, Calendar, Settings, Idleness, Ending, Needs, SlowAnswers, Metrics],
})
export class PlatformModule {}

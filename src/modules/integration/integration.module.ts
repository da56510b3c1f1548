import { Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { declareMetric, Metrics } from '../../platform/telemetry/metrics';
import type { EventBridgePublisher } from './adapters/event-bridge-publisher';
import { INTEGRATION_SETTINGS, type IntegrationSettings } from './integration.settings';
import { EVENT_PUBLISHER, IntegrationSubscribers } from './integration.subscribers';

/** Events that the bus did not take. They are retried. */
const EVENT_NOT_PUBLISHED = declareMetric('EventNotPublished', { unit: 'Count', kind: 'count' });

/** Integration: publishes all events on an EventBridge bus, for other programs. */
@Module({
  providers: [
    provideSettings(INTEGRATION_SETTINGS),
    {
      provide: EVENT_PUBLISHER,
      inject: [INTEGRATION_SETTINGS, PLATFORM_SETTINGS, Metrics],
      useFactory: async (
        { eventBusName }: IntegrationSettings,
        platform: PlatformSettings,
        metrics: Metrics,
      ): Promise<EventBridgePublisher | undefined> => {
        if (eventBusName === undefined) return undefined;
        // Imported on demand, because without a bus its client is not needed.
        const { EventBridgePublisher } = await import('./adapters/event-bridge-publisher.js');
        return new EventBridgePublisher(eventBusName, platform, (events) =>
          metrics.record(EVENT_NOT_PUBLISHED, events),
        );
      },
    },
    IntegrationSubscribers,
  ],
})
export class IntegrationModule {}

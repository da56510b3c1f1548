import { Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../../events/event-map';
import type { GenerationCompleted } from '../../events/subscription.events';
import { Subscribe } from '../../platform/events/subscribe';
import { ManifestService } from './manifest.service';

@Injectable()
export class ManifestSubscribers {
  constructor(private readonly manifests: ManifestService) {}

  @Subscribe('generation.completed', { as: 'manifest.begin_numbering' })
  async beginNumbering({ date, occurredAt }: PublishedEvent<GenerationCompleted>): Promise<void> {
    await this.manifests.beginNumbering(date, occurredAt);
  }
}

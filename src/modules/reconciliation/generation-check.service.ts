import { Injectable } from '@nestjs/common';
import { iteratePages } from '../../platform/dynamo/cursor';
import { DecisionAudit } from '../generation';
import type { Subscription } from '../subscription';
import type { Check } from './check';
import { generationViolations } from './domain/generation-violations';
import type { Violation } from './domain/violation';

const PAGE_SIZE = 100;

/** Compares what generation has decided, from today on, with the orders and outcomes. */
@Injectable()
export class GenerationCheck implements Check<Subscription> {
  constructor(private readonly audit: DecisionAudit) {}

  pages(): AsyncIterable<readonly Subscription[]> {
    return iteratePages(PAGE_SIZE, (page) => this.audit.pageOfSubscriptions(page));
  }

  reload({ subscriptionId }: Subscription): Promise<Subscription | undefined> {
    return this.audit.find(subscriptionId);
  }

  async violationsOf(subscriptions: readonly Subscription[]): Promise<(readonly Violation[])[]> {
    return (await this.audit.lostDecisionsOf(subscriptions)).map(generationViolations);
  }
}

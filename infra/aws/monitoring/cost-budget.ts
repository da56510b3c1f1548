import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import type { Inputs } from '../inputs';

/** Sends a mail when the costs of the account in a month exceed the budget, or will exceed it. */
export class CostBudget extends Construct {
  constructor(scope: Construct, id: string, { name, alarmEmail, monthlyBudget }: Inputs) {
    super(scope, id);
    const subscribers = [{ subscriptionType: 'EMAIL', address: alarmEmail }];
    const notification = (notificationType: 'ACTUAL' | 'FORECASTED') => ({
      notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold: 100 },
      subscribers,
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `${name}-monthly`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyBudget, unit: 'USD' },
      },
      notificationsWithSubscribers: [notification('ACTUAL'), notification('FORECASTED')],
    });
  }
}

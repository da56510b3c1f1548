import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret as TaskSecret } from 'aws-cdk-lib/aws-ecs';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Inputs } from '../inputs';

/** The secrets of the tasks, by environment variable. */
export class Secrets extends Construct {
  readonly forApp: Readonly<Record<string, TaskSecret>>;

  constructor(scope: Construct, id: string, { stripeSecretArn }: Pick<Inputs, 'stripeSecretArn'>) {
    super(scope, id);
    this.forApp = {
      JWT_SECRET: TaskSecret.fromSecretsManager(this.generateSecret('Jwt', 'Signs access tokens')),
      // Accepted from the start, so that a rotation only swaps the values of both.
      JWT_SECRET_PREVIOUS: TaskSecret.fromSecretsManager(
        this.generateSecret('JwtOther', 'Accepted besides the one that signs access tokens'),
      ),
      ...(stripeSecretArn === undefined
        ? {
            SANDBOX_WEBHOOK_SECRET: TaskSecret.fromSecretsManager(
              this.generateSecret('Sandbox', 'Signs sandbox webhooks'),
            ),
          }
        : stripeKeys(Secret.fromSecretCompleteArn(this, 'Stripe', stripeSecretArn))),
    };
  }

  private generateSecret(name: string, description: string): Secret {
    const secret = new Secret(this, name, {
      description,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'An operator rotates it by hand, because tasks read a new value only when they start: see docs/runbook.md.',
    });
    return secret;
  }
}

function stripeKeys(stripe: ISecret): Record<string, TaskSecret> {
  return {
    STRIPE_SECRET_KEY: TaskSecret.fromSecretsManager(stripe, 'secretKey'),
    STRIPE_WEBHOOK_SECRET: TaskSecret.fromSecretsManager(stripe, 'webhookSecret'),
  };
}

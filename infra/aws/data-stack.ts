import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { DeclaredTable } from './declared-tables';
import type { Inputs } from './inputs';
import { createLogBucket } from './log-bucket';
import { Mail } from './mail';
import { Messaging } from './messaging';
import { Secrets } from './secrets';
import { SignIn } from './sign-in';
import { Tables } from './tables';

interface DataStackProps extends StackProps {
  readonly inputs: Inputs;
  readonly tables: readonly DeclaredTable[];
}

/** Tables, queues, secrets, the mail identity and the Cognito user pool. Deleting the stack keeps stored data. */
export class DataStack extends Stack {
  readonly tables: Tables;
  readonly messaging: Messaging;
  readonly secrets: Secrets;
  readonly mail: Mail;
  readonly signIn: SignIn | undefined;
  readonly logs: Bucket;

  constructor(scope: Construct, id: string, { inputs, tables, ...props }: DataStackProps) {
    super(scope, id, { description: 'Milkround: data', terminationProtection: true, ...props });
    this.tables = new Tables(this, 'Tables', tables);
    this.messaging = new Messaging(this, 'Messaging', inputs.name);
    this.secrets = new Secrets(this, 'Secrets', inputs);
    this.mail = new Mail(this, 'Mail', { name: inputs.name, domain: inputs.mailDomain, messaging: this.messaging });
    this.signIn = inputs.signIn === 'cognito' ? new SignIn(this, 'SignIn', inputs.name) : undefined;
    this.logs = createLogBucket(this, 'Logs');
    this.mail.dnsRecords.forEach(
      (value, index) =>
        new CfnOutput(this, `MailRecord${index + 1}`, { value, description: 'DNS record for the mail domain' }),
    );
  }
}

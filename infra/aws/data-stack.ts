import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { DeclaredTable } from './data/declared-tables';
import type { Inputs } from './inputs';
import { Backups } from './data/backup';
import { createLogBucket } from './monitoring/log-bucket';
import { Mail } from './data/mail';
import { Messaging } from './data/messaging';
import { Secrets } from './data/secrets';
import { SignIn } from './data/sign-in';
import { Sms } from './data/sms';
import { Storage } from './data/storage';
import { APPEND_ONLY_TABLES } from './data/table-access';
import { type NamedTable, Tables } from './data/tables';

interface DataStackProps extends StackProps {
  readonly inputs: Inputs;
  readonly tables: readonly DeclaredTable[];
}

/** Tables, queues, buckets, secrets, the mail identity and the Cognito user pool. Deleting the stack keeps stored data. */
export class DataStack extends Stack {
  readonly tables: Tables;
  /** The tables that the services use: those of this stack, or restored ones, which no stack owns. */
  readonly tablesInUse: readonly NamedTable[];
  readonly messaging: Messaging;
  readonly storage: Storage;
  readonly secrets: Secrets;
  readonly mail: Mail;
  /** Undefined if SNS sends the SMS. */
  readonly sms: Sms | undefined;
  readonly signIn: SignIn | undefined;
  /** Undefined unless events are published. It is in this stack because rules of others refer to it. */
  readonly eventBus: EventBus | undefined;
  readonly logs: Bucket;

  constructor(scope: Construct, id: string, { inputs, tables, ...props }: DataStackProps) {
    super(scope, id, { description: 'Milkround: data', terminationProtection: true, ...props });
    this.tables = new Tables(this, 'Tables', tables);
    this.tablesInUse = this.tables.names.map((table) => ({ ...table, name: inputs.tablePrefix + table.declaredName }));
    this.messaging = new Messaging(this, 'Messaging', inputs.name);
    this.storage = new Storage(this, 'Storage', inputs.name);
    this.secrets = new Secrets(this, 'Secrets', inputs);
    this.mail = new Mail(this, 'Mail', { name: inputs.name, domain: inputs.mailDomain, messaging: this.messaging });
    this.sms = this.createSms(inputs);
    this.signIn = inputs.signIn === 'cognito' ? new SignIn(this, 'SignIn', inputs.name) : undefined;
    this.logs = createLogBucket(this, 'Logs');
    this.eventBus = inputs.eventBus === 'on' ? this.createEventBus(inputs.name) : undefined;
    if (inputs.backup === 'locked') this.addBackups(inputs);
    this.mail.dnsRecords.forEach(
      (value, index) =>
        new CfnOutput(this, `MailRecord${index + 1}`, { value, description: 'DNS record for the mail domain' }),
    );
  }

  private createEventBus(name: string): EventBus {
    const bus = new EventBus(this, 'EventBus', {
      eventBusName: name,
      description: 'Milkround: all events, for integrators',
    });
    new CfnOutput(this, 'EventBusArn', { value: bus.eventBusArn, description: 'Bus with all events, for rules' });
    return bus;
  }

  private createSms({ name, smsProvider, smsSenderId: sender, country }: Inputs): Sms | undefined {
    return smsProvider === 'end-user-messaging' && sender !== undefined
      ? new Sms(this, 'Sms', { name, sender, country, messaging: this.messaging })
      : undefined;
  }

  /** Backs up every table, except for those whose rows expire, such as sessions. */
  private addBackups({ name, backupCopyVaultArn: copyVaultArn }: Inputs): void {
    const kept = this.tablesInUse.filter(
      ({ declaredName, expires }) => !expires || APPEND_ONLY_TABLES.includes(declaredName),
    );
    const tableArns = kept.map((table) =>
      this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: table.name }),
    );
    new Backups(this, 'Backups', { name, tableArns, copyVaultArn });
  }
}

import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

const RETENTION = Duration.days(35);
/** AWS asks for at least three days in which the lock can still be removed. After that, it is permanent. */
const GRACE_TIME = Duration.days(3);

interface BackupsProps {
  readonly name: string;
  readonly tableArns: readonly string[];
  /** A vault in another account or region, which gets a copy of every backup. */
  readonly copyVaultArn: string | undefined;
}

/**
 * Daily backups in a locked vault (context `backup=locked`). Until a backup expires, not even an administrator of the
 * account can delete it or shorten its retention. The vault has its own key, because AWS copies no backup that is
 * encrypted with a key of its own to another account.
 */
export class Backups extends Construct {
  constructor(scope: Construct, id: string, { name, tableArns, copyVaultArn }: BackupsProps) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: `${name}: encrypts backups`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const vault = new BackupVault(this, 'Vault', {
      backupVaultName: `${name}-backups`,
      encryptionKey: key,
      lockConfiguration: { minRetention: RETENTION, changeableFor: GRACE_TIME },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const copyVault = copyVaultArn && BackupVault.fromBackupVaultArn(this, 'CopyVault', copyVaultArn);
    const plan = new BackupPlan(this, 'Plan', {
      backupPlanName: name,
      backupVault: vault,
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: 'daily',
          // In UTC.
          scheduleExpression: Schedule.cron({ hour: '23', minute: '30' }),
          deleteAfter: RETENTION,
          copyActions: copyVault ? [{ destinationBackupVault: copyVault, deleteAfter: RETENTION }] : [],
        }),
      ],
    });
    const selection = plan.addSelection('Tables', {
      resources: tableArns.map((arn) => BackupResource.fromArn(arn)),
    });
    Validations.of(selection).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
      reason: 'AWS maintains the permissions that AWS Backup needs, as new versions of the service need others.',
    });
  }
}

import {
  type Deployment,
  onlyResource,
  propertiesOfType,
  resolveValue,
  synthesize,
  type TemplateValue,
} from './deployment';

const COPY_VAULT = 'arn:aws:backup:eu-west-1:444455556666:backup-vault:copies';

describe('backups', () => {
  it('are off by default', async () => {
    const { data } = await synthesize();
    expect(propertiesOfType(data, 'AWS::Backup::BackupVault')).toEqual([]);
  });

  describe('in a locked vault', () => {
    let deployment: Deployment;
    beforeAll(async () => {
      deployment = await synthesize({ backup: 'locked', backupCopyVault: COPY_VAULT });
    });

    it('cannot be deleted before they expire, once the lock is three days old', () => {
      const vault = onlyResource(deployment.data, 'AWS::Backup::BackupVault');
      expect(vault).toMatchObject({
        DeletionPolicy: 'Retain',
        Properties: {
          LockConfiguration: { MinRetentionDays: 35, ChangeableForDays: 3 },
          EncryptionKeyArn: { 'Fn::GetAtt': [expect.stringMatching(/^BackupsKey/), 'Arn'] },
        },
      });
    });

    it('are made every day, and copied', () => {
      const { BackupPlan: plan } = onlyResource<{ BackupPlan: object }>(
        deployment.data,
        'AWS::Backup::BackupPlan',
      ).Properties;
      expect(plan).toMatchObject({
        BackupPlanRule: [
          {
            ScheduleExpression: 'cron(30 23 * * ? *)',
            Lifecycle: { DeleteAfterDays: 35 },
            CopyActions: [{ DestinationBackupVaultArn: COPY_VAULT, Lifecycle: { DeleteAfterDays: 35 } }],
          },
        ],
      });
    });

    it('contain every table whose rows do not expire', () => {
      const { BackupSelection: selection } = onlyResource<{ BackupSelection: { Resources: TemplateValue[] } }>(
        deployment.data,
        'AWS::Backup::BackupSelection',
      ).Properties;
      const selected = selection.Resources.map((arn) => resolveValue(arn, deployment).split('/').at(-1));
      const kept = deployment.tables.flatMap(({ request: { TableName: name }, expiresBy }) =>
        expiresBy ? [] : [name],
      );
      expect(selected).toEqual(expect.arrayContaining(kept));
      expect(selected).toContain('milkround-WalletLedger');
      expect(selected).not.toContain('milkround-Sessions');
    });

    it('have no finding of cdk-nag', () => {
      expect(deployment.findings).toEqual([]);
    });
  });
});

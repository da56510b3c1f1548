import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** Earlier versions of a file exist only if something has replaced an issued invoice. */
const KEPT_VERSIONS_DAYS = 3_650;

/** The buckets of the program, equal to those that `createBuckets` creates on a developer's machine. */
export class Storage extends Construct {
  /** Invoices are kept for as long as the account, because tax law asks for them for years. */
  readonly invoiceBucket: string;
  /** Built from the name instead of a stack export, like the ARNs of tables. */
  readonly invoiceBucketArn: string;
  readonly invoiceFilesArn: string;

  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    // Names of buckets are unique in the world.
    this.invoiceBucket = `${name}-invoices-${account}-${region}`;
    this.invoiceBucketArn = `arn:${partition}:s3:::${this.invoiceBucket}`;
    this.invoiceFilesArn = [this.invoiceBucketArn, '*'].join('/');
    const invoices = new Bucket(this, 'Invoices', {
      bucketName: this.invoiceBucket,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(KEPT_VERSIONS_DAYS),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(invoices).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Only the tasks read it, through links that expire. The program records who requested an invoice.',
    });
  }
}

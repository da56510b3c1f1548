import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type LifecycleRule, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EventTable } from './event-table';

/** Earlier versions of a file exist only if something has replaced an issued invoice. */
const KEPT_VERSIONS_DAYS = 3_650;
/** Raw events are for comparisons between years. The event log of the program keeps 400 days. */
const KEPT_EVENTS_DAYS = 1_100;
/** Reports are written again on request. */
const KEPT_REPORTS_DAYS = 30;

/** Names are built from inputs instead of stack exports, like the ARNs of tables. */
export interface NamedBucket {
  readonly name: string;
  readonly arn: string;
  /** Of all its objects. */
  readonly filesArn: string;
}

/** The buckets of the program, equal to those that `createBuckets` creates on a developer's machine. */
export class Storage extends Construct {
  /** Invoices are kept for as long as the account, because tax law asks for them for years. */
  readonly invoices: NamedBucket;
  /** Raw events of analytics. */
  readonly events: NamedBucket;
  /** Reports that admins download. */
  readonly reports: NamedBucket;

  constructor(scope: Construct, id: string, deployment: string) {
    super(scope, id);
    this.invoices = this.named(deployment, 'invoices');
    this.events = this.named(deployment, 'events');
    this.reports = this.named(deployment, 'reports');
    this.addBucket('Invoices', this.invoices, {
      versioned: true,
      lifecycle: { noncurrentVersionExpiration: Duration.days(KEPT_VERSIONS_DAYS) },
      readers: 'Only the tasks read it, through links that expire. The program records who requested an invoice.',
    });
    this.addBucket('Events', this.events, {
      // S3 moves no files below 128 kB to a cheaper class.
      lifecycle: { expiration: Duration.days(KEPT_EVENTS_DAYS) },
      readers: 'Analysts of the account read it with Athena, which keeps its own history of queries.',
    });
    this.addBucket('Reports', this.reports, {
      lifecycle: { expiration: Duration.days(KEPT_REPORTS_DAYS) },
      readers: 'Only the tasks read it, through links that expire. The program records who exported a report.',
    });
    new EventTable(this, 'EventTable', { deployment, bucket: this.events.name });
  }

  get all(): readonly NamedBucket[] {
    return [this.invoices, this.events, this.reports];
  }

  /** Names of buckets are unique in the world. */
  private named(deployment: string, purpose: string): NamedBucket {
    const { account, region, partition } = Stack.of(this);
    const name = `${deployment}-${purpose}-${account}-${region}`;
    const arn = `arn:${partition}:s3:::${name}`;
    return { name, arn, filesArn: [arn, '*'].join('/') };
  }

  private addBucket(
    id: string,
    { name }: NamedBucket,
    { versioned = false, lifecycle, readers }: { versioned?: boolean; lifecycle: LifecycleRule; readers: string },
  ): void {
    const bucket = new Bucket(this, id, {
      bucketName: name,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1), ...lifecycle }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: readers });
  }
}

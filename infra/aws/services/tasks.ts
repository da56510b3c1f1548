import { Duration, Validations } from 'aws-cdk-lib';
import {
  AwsLogDriverMode,
  Capability,
  type ContainerDefinition,
  ContainerDependencyCondition,
  type ContainerImage,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
  type Secret,
} from 'aws-cdk-lib/aws-ecs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { AppRole } from '../../../src/platform/config/platform.settings';
import type { DataStack } from '../data-stack';
import { APP_PORT } from '../network/network';
import { grantPermissions, type Permission } from './permissions';

/** What all tasks share. */
export interface SharedTaskProps {
  readonly image: ContainerImage;
  readonly environment: Record<string, string>;
  readonly secrets: Readonly<Record<string, Secret>>;
  readonly log: ILogGroup;
  readonly data: DataStack;
  readonly drainSeconds: number;
}

interface TaskProps {
  readonly kit: SharedTaskProps;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly permissions: readonly Permission[];
}

/** The longest that the application holds a request. */
const MAX_REQUEST_SECONDS = 20;
/** The longest that a worker processes a message. */
const MAX_MESSAGE_SECONDS = 25;
const STOP_MARGIN_SECONDS = 10;
/** The user `node` of the image. */
const NODE_USER = '1000:1000';
const LIVENESS_COMMAND = `fetch('http://127.0.0.1:${APP_PORT}/health/live').then((response) => process.exit(response.ok ? 0 : 1), () => process.exit(1))`;

interface ServiceTaskProps extends TaskProps {
  readonly roles: readonly AppRole[];
  /** Migrates the data before the program starts. */
  readonly migrates?: boolean;
}

/** A task of a long-running service, with the given roles. */
export function createServiceTask(
  scope: Construct,
  id: string,
  { roles, migrates = false, ...props }: ServiceTaskProps,
): { definition: FargateTaskDefinition; container: ContainerDefinition } {
  const definition = createTaskDefinition(scope, id, props);
  const container = definition.addContainer('Program', {
    ...containerProps(definition, props.kit, id.toLowerCase()),
    environment: { ...props.kit.environment, APP_ROLES: roles.join(',') },
    portMappings: [{ containerPort: APP_PORT }],
    // Checks the process, not its dependencies: an unavailable database must not restart all tasks at once.
    healthCheck: {
      command: ['CMD', 'node', '-e', LIVENESS_COMMAND],
      interval: Duration.seconds(15),
      timeout: Duration.seconds(5),
      retries: 3,
      startPeriod: Duration.seconds(30),
    },
  });
  if (migrates) {
    const migration = addMigration(definition, props.kit);
    container.addContainerDependencies({ container: migration, condition: ContainerDependencyCondition.SUCCESS });
  }
  return { definition, container };
}

/**
 * The container that runs `npm run migrate` and exits. It has no `startTimeout`, so that the program waits as long as it
 * takes. If it fails, the task stops, and the next task continues the migration.
 */
function addMigration(definition: FargateTaskDefinition, kit: SharedTaskProps): ContainerDefinition {
  const { AWS_REGION, TABLE_PREFIX } = kit.environment;
  return definition.addContainer('Migration', {
    // Without secrets, because it only reads and writes tables.
    ...containerProps(definition, { ...kit, secrets: {} }, 'migrate'),
    containerName: 'migrate',
    essential: false,
    environment: { AWS_REGION, TABLE_PREFIX } as Record<string, string>,
    command: ['node', 'dist/cli/migrate.js'],
  });
}

/** A task that runs one command and exits: `admin:create`, `admin:reset-mfa`, `books`, `migrate`, `ops`. */
export class CommandTask extends Construct {
  readonly definition: FargateTaskDefinition;

  constructor(scope: Construct, id: string, kit: SharedTaskProps) {
    super(scope, id);
    this.definition = createTaskDefinition(this, 'Task', {
      kit,
      cpu: 512,
      memoryMiB: 1024,
      permissions: ['tables', 'reconcile', 'migrate', 'publish', 'dead-letters'],
    });
    this.definition.addContainer('Program', {
      ...containerProps(this.definition, kit, 'command'),
      environment: kit.environment,
      // Overridden when the task is run. The default is the reconciliation, which changes nothing.
      command: ['node', 'dist/cli/books.js'],
    });
  }
}

function createTaskDefinition(scope: Construct, id: string, { kit, cpu, memoryMiB, permissions }: TaskProps) {
  const definition = new FargateTaskDefinition(scope, id, {
    cpu,
    memoryLimitMiB: memoryMiB,
    runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64, operatingSystemFamily: OperatingSystemFamily.LINUX },
  });
  grantPermissions(definition.taskRole, permissions, kit.data);
  Validations.of(definition).acknowledge(
    { id: 'AwsSolutions-ECS2', reason: 'No variable is a secret. Secrets come from Secrets Manager.' },
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'ecr:GetAuthorizationToken, used by ECS, has no resource.' },
  );
  return definition;
}

function containerProps(
  scope: Construct,
  { image, secrets, log, drainSeconds }: SharedTaskProps,
  streamPrefix: string,
) {
  const linuxParameters = new LinuxParameters(scope, `Linux-${streamPrefix}`, { initProcessEnabled: true });
  linuxParameters.dropCapabilities(Capability.ALL);
  return {
    containerName: 'program',
    image,
    secrets,
    user: NODE_USER,
    readonlyRootFilesystem: true,
    linuxParameters,
    // ECS allows up to 120 s.
    stopTimeout: Duration.seconds(drainSeconds + MAX_REQUEST_SECONDS + MAX_MESSAGE_SECONDS + STOP_MARGIN_SECONDS),
    logging: LogDrivers.awsLogs({
      logGroup: log,
      streamPrefix,
      // If CloudWatch Logs is slow, drop log lines instead of blocking requests.
      mode: AwsLogDriverMode.NON_BLOCKING,
    }),
  };
}

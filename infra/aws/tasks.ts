import { Duration, Validations } from 'aws-cdk-lib';
import {
  AwsLogDriverMode,
  Capability,
  type ContainerDefinition,
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
import type { AppRole } from '../../src/platform/config/platform.settings';
import type { DataStack } from './data-stack';
import { DRAIN_SECONDS } from './environment';
import { APP_PORT } from './network';
import { grantPermissions, type Permission } from './permissions';

/** What all tasks have in common. */
export interface SharedTaskProps {
  readonly image: ContainerImage;
  readonly environment: Record<string, string>;
  readonly secrets: Readonly<Record<string, Secret>>;
  readonly log: ILogGroup;
  readonly data: DataStack;
}

interface TaskProps {
  readonly kit: SharedTaskProps;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly permissions: readonly Permission[];
}

/** The longest that the program holds a request, and then the longest that a worker is at a message. */
const MAX_REQUEST_SECONDS = 20;
const MAX_MESSAGE_SECONDS = 25;
/** A task that was asked to end has this long; ECS allows 120. */
const STOP_TIMEOUT = Duration.seconds(DRAIN_SECONDS + MAX_REQUEST_SECONDS + MAX_MESSAGE_SECONDS + 10);
/** The user `node` of the image. */
const NODE_USER = '1000:1000';
const LIVENESS_COMMAND = `fetch('http://127.0.0.1:${APP_PORT}/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;

/** The program as a task that serves, in some of its roles. */
export function createServiceTask(
  scope: Construct,
  id: string,
  { roles, ...props }: TaskProps & { readonly roles: readonly AppRole[] },
): { definition: FargateTaskDefinition; container: ContainerDefinition } {
  const definition = createTaskDefinition(scope, id, props);
  const container = definition.addContainer('Program', {
    ...containerProps(definition, props.kit, id.toLowerCase()),
    environment: { ...props.kit.environment, APP_ROLES: roles.join(',') },
    portMappings: [{ containerPort: APP_PORT }],
    // Of the process alone: a database that does not answer is no reason to restart all tasks at once.
    healthCheck: {
      command: ['CMD', 'node', '-e', LIVENESS_COMMAND],
      interval: Duration.seconds(15),
      timeout: Duration.seconds(5),
      retries: 3,
      startPeriod: Duration.seconds(30),
    },
  });
  return { definition, container };
}

/** The program as a task that runs one command and ends: `admin:create`, `books`. */
export class CommandTask extends Construct {
  readonly definition: FargateTaskDefinition;

  constructor(scope: Construct, id: string, { kit, adminPassword }: { kit: SharedTaskProps; adminPassword: Secret }) {
    super(scope, id);
    this.definition = createTaskDefinition(this, 'Task', {
      kit,
      cpu: 512,
      memoryMiB: 1024,
      permissions: ['tables', 'publish'],
    });
    this.definition.addContainer('Program', {
      ...containerProps(this.definition, kit, 'command'),
      environment: kit.environment,
      secrets: { ...kit.secrets, ADMIN_PASSWORD: adminPassword },
      // Said when it is run; without that it walks the books, which changes nothing.
      command: ['node', 'dist/cli/books.js'],
    });
  }
}

function createTaskDefinition(scope: Construct, id: string, { kit, cpu, memoryMiB, permissions: rights }: TaskProps) {
  const definition = new FargateTaskDefinition(scope, id, {
    cpu,
    memoryLimitMiB: memoryMiB,
    runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64, operatingSystemFamily: OperatingSystemFamily.LINUX },
  });
  grantPermissions(definition.taskRole, rights, kit.data);
  Validations.of(definition).acknowledge(
    { id: 'AwsSolutions-ECS2', reason: 'None of the variables is a secret; those come from Secrets Manager.' },
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'ecr:GetAuthorizationToken, by ECS itself, has no resource.' },
  );
  return definition;
}

function containerProps(scope: Construct, { image, secrets, log }: SharedTaskProps, streamPrefix: string) {
  const linuxParameters = new LinuxParameters(scope, 'Linux', { initProcessEnabled: true });
  linuxParameters.dropCapabilities(Capability.ALL);
  return {
    containerName: 'program',
    image,
    secrets,
    user: NODE_USER,
    readonlyRootFilesystem: true,
    linuxParameters,
    stopTimeout: STOP_TIMEOUT,
    logging: LogDrivers.awsLogs({
      logGroup: log,
      streamPrefix,
      // A line is worth less than an answer: when logs cannot be taken, some are lost and nothing waits.
      mode: AwsLogDriverMode.NON_BLOCKING,
    }),
  };
}

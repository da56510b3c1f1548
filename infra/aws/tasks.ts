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
import type { AppRole } from '../../src/platform/config';
import type { DataStack } from './data.stack';
import { DRAIN_SECONDS } from './environment';
import { PROGRAM_PORT } from './network';
import { allow, type Right } from './permissions';

/** What all tasks have in common. */
export interface TaskKit {
  readonly image: ContainerImage;
  readonly environment: Record<string, string>;
  readonly secrets: Readonly<Record<string, Secret>>;
  readonly log: ILogGroup;
  readonly data: DataStack;
}

interface TaskProps {
  readonly kit: TaskKit;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly rights: readonly Right[];
}

/** The longest that the program holds a request, and then the longest that a worker is at a message. */
const LONGEST_REQUEST_SECONDS = 20;
const LONGEST_MESSAGE_SECONDS = 25;
/** A task that was asked to end has this long; ECS allows 120. */
const TIME_TO_END = Duration.seconds(DRAIN_SECONDS + LONGEST_REQUEST_SECONDS + LONGEST_MESSAGE_SECONDS + 10);
/** The user `node` of the image. */
const NOBODY = '1000:1000';
const IS_ALIVE = `fetch('http://127.0.0.1:${PROGRAM_PORT}/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;

/** The program as a task that serves, in some of its roles. */
export function servingTask(
  scope: Construct,
  id: string,
  { roles, ...props }: TaskProps & { readonly roles: readonly AppRole[] },
): { definition: FargateTaskDefinition; container: ContainerDefinition } {
  const definition = taskDefinition(scope, id, props);
  const container = definition.addContainer('Program', {
    ...containerOf(definition, props.kit, id.toLowerCase()),
    environment: { ...props.kit.environment, APP_ROLES: roles.join(',') },
    portMappings: [{ containerPort: PROGRAM_PORT }],
    // Of the process alone: a database that does not answer is no reason to restart all tasks at once.
    healthCheck: {
      command: ['CMD', 'node', '-e', IS_ALIVE],
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

  constructor(scope: Construct, id: string, { kit, adminPassword }: { kit: TaskKit; adminPassword: Secret }) {
    super(scope, id);
    this.definition = taskDefinition(this, 'Task', { kit, cpu: 512, memoryMiB: 1024, rights: ['tables', 'publish'] });
    this.definition.addContainer('Program', {
      ...containerOf(this.definition, kit, 'command'),
      environment: kit.environment,
      secrets: { ...kit.secrets, ADMIN_PASSWORD: adminPassword },
      // Said when it is run; without that it walks the books, which changes nothing.
      command: ['node', 'dist/cli/books.js'],
    });
  }
}

function taskDefinition(scope: Construct, id: string, { kit, cpu, memoryMiB, rights }: TaskProps) {
  const definition = new FargateTaskDefinition(scope, id, {
    cpu,
    memoryLimitMiB: memoryMiB,
    runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64, operatingSystemFamily: OperatingSystemFamily.LINUX },
  });
  allow(definition.taskRole, rights, kit.data);
  Validations.of(definition).acknowledge(
    { id: 'AwsSolutions-ECS2', reason: 'None of the variables is a secret; those come from Secrets Manager.' },
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'ecr:GetAuthorizationToken, by ECS itself, has no resource.' },
  );
  return definition;
}

function containerOf(scope: Construct, { image, secrets, log }: TaskKit, streamPrefix: string) {
  const linuxParameters = new LinuxParameters(scope, 'Linux', { initProcessEnabled: true });
  linuxParameters.dropCapabilities(Capability.ALL);
  return {
    containerName: 'program',
    image,
    secrets,
    user: NOBODY,
    readonlyRootFilesystem: true,
    linuxParameters,
    stopTimeout: TIME_TO_END,
    logging: LogDrivers.awsLogs({
      logGroup: log,
      streamPrefix,
      // A line is worth less than an answer: when logs cannot be taken, some are lost and nothing waits.
      mode: AwsLogDriverMode.NON_BLOCKING,
    }),
  };
}

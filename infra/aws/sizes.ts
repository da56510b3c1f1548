/** The resources that are billed by the hour. `npm run cost` computes the monthly cost of each size from its templates. */
export interface DeploymentSize {
  readonly zones: 2 | 3;
  /** Without any, the tasks have public addresses, which accept connections from the VPC link only. */
  readonly natGateways: number;
  /** AWS services with an interface endpoint. DynamoDB and S3 always have gateway endpoints, which are free. */
  readonly interfaceEndpoints: readonly ('sqs' | 'logs')[];
  readonly services: TwoServices | OneService;
  /**
   * How long a stopping task still accepts requests. The load balancer stops sending them at once; API Gateway may still
   * know the task for a while.
   */
  readonly drainSeconds: 5 | 20;
  readonly containerInsights: boolean;
  readonly dashboard: boolean;
  readonly logDays: 30 | 90;
  /** How many requests per second WAF lets through in total, as an average over a minute; without WAF, API Gateway. */
  readonly requestsPerSecond: number;
  /** The input `monthlyBudget`, unless it is given: the costs in README.md and a quarter to a half more, in US$. */
  readonly monthlyBudget: number;
}

/** Behind a load balancer with a firewall. */
export interface TwoServices {
  readonly api: TaskSize & { readonly requestsPerMinute: number };
  readonly worker: TaskSize;
}

/** Every task has all roles, and API Gateway finds the tasks through Cloud Map. */
export interface OneService {
  readonly all: TaskSize;
}

export interface TaskSize {
  /** In units of 1/1024 vCPU. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly min: number;
  readonly max: number;
}

export type SizeName = 'tiny' | 'small' | 'large';

export const SIZES: Readonly<Record<SizeName, DeploymentSize>> = {
  tiny: {
    zones: 2,
    natGateways: 0,
    interfaceEndpoints: [],
    services: { all: { cpu: 256, memoryMiB: 1024, min: 1, max: 4 } },
    drainSeconds: 20,
    containerInsights: false,
    dashboard: false,
    logDays: 30,
    requestsPerSecond: 50,
    monthlyBudget: 60,
  },
  small: {
    zones: 2,
    natGateways: 1,
    interfaceEndpoints: [],
    services: {
      api: { cpu: 512, memoryMiB: 1024, min: 2, max: 6, requestsPerMinute: 3_000 },
      worker: { cpu: 256, memoryMiB: 1024, min: 1, max: 4 },
    },
    drainSeconds: 5,
    containerInsights: false,
    dashboard: true,
    logDays: 30,
    requestsPerSecond: 200,
    monthlyBudget: 200,
  },
  large: {
    zones: 3,
    natGateways: 3,
    interfaceEndpoints: ['sqs', 'logs'],
    services: {
      api: { cpu: 1024, memoryMiB: 2048, min: 3, max: 30, requestsPerMinute: 6_000 },
      worker: { cpu: 1024, memoryMiB: 2048, min: 2, max: 12 },
    },
    drainSeconds: 5,
    containerInsights: true,
    dashboard: true,
    logDays: 90,
    requestsPerSecond: 3_000,
    monthlyBudget: 2_050,
  },
};

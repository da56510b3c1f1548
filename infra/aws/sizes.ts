/** The resources that are billed by the hour. README.md computes the monthly cost of each size: change both together. */
export interface DeploymentSize {
  readonly zones: 2 | 3;
  readonly natGateways: number;
  /** AWS services with an interface endpoint. DynamoDB and S3 always have gateway endpoints, which are free. */
  readonly interfaceEndpoints: readonly ('sqs' | 'logs')[];
  readonly api: TaskSize & { readonly requestsPerMinute: number };
  readonly worker: TaskSize;
  readonly containerInsights: boolean;
  readonly logDays: 30 | 90;
  /** How many requests per second WAF lets through in total, as an average over a minute. */
  readonly requestsPerSecond: number;
  /** The input `monthlyBudget`, unless it is given: the costs in README.md and a quarter more, in US$. */
  readonly monthlyBudget: number;
}

interface TaskSize {
  /** In units of 1/1024 vCPU. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly min: number;
  readonly max: number;
}

export type SizeName = 'small' | 'large';

export const SIZES: Readonly<Record<SizeName, DeploymentSize>> = {
  small: {
    zones: 2,
    natGateways: 1,
    interfaceEndpoints: [],
    api: { cpu: 512, memoryMiB: 1024, min: 2, max: 6, requestsPerMinute: 3_000 },
    worker: { cpu: 256, memoryMiB: 1024, min: 1, max: 4 },
    containerInsights: false,
    logDays: 30,
    requestsPerSecond: 200,
    monthlyBudget: 200,
  },
  large: {
    zones: 3,
    natGateways: 3,
    interfaceEndpoints: ['sqs', 'logs'],
    api: { cpu: 1024, memoryMiB: 2048, min: 3, max: 30, requestsPerMinute: 6_000 },
    worker: { cpu: 1024, memoryMiB: 2048, min: 2, max: 12 },
    containerInsights: true,
    logDays: 90,
    requestsPerSecond: 3_000,
    monthlyBudget: 1_900,
  },
};

import { Inject, Injectable, Logger } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import { Clock } from '../clock';
import { CONFIG, type Config } from '../config/config';

/** What is measured, and in what. A gauge tells how things stand, a count how often something happened. */
const METRICS = {
  /** Age of the oldest event that not all have taken; each task says it once a minute. */
  OutboxOldest: { unit: 'Seconds', kind: 'gauge' },
  /** Events that were given up, until somebody brings them back. */
  OutboxParked: { unit: 'Count', kind: 'count' },
  /** Messages of a queue that will come again. */
  MessageFailed: { unit: 'Count', kind: 'count' },
  /** For how long the oldest daily orders have been due and not done with; 0 when there are none. The scheduler's beat. */
  GenerationOverdue: { unit: 'Seconds', kind: 'gauge' },
  /** From the cutoff to the last order. */
  GenerationTook: { unit: 'Seconds', kind: 'gauge' },
  /** Subscriptions that could not be decided. */
  GenerationFault: { unit: 'Count', kind: 'count' },
  /** Something that fell due and could not be done; it is tried again. */
  DutyFailed: { unit: 'Count', kind: 'count' },
  /** Payments about which the gateway could not be asked. */
  PaymentUndecided: { unit: 'Count', kind: 'count' },
  /** Links for a new password that were not sent. */
  ResetLinkLost: { unit: 'Count', kind: 'count' },
} as const;

export type MetricName = keyof typeof METRICS;

/**
 * Figures for dashboards and alarms: one line of the log each, in CloudWatch's embedded metric format, from which
 * CloudWatch makes the metric; and the same by OpenTelemetry where that is set up.
 */
@Injectable()
export class Metrics {
  private readonly logger = new Logger(Metrics.name);
  private readonly meter = metrics.getMeter('milkround');
  private readonly instruments = new Map<MetricName, (value: number) => void>();

  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Records a figure, with what helps to look into it. */
  record(name: MetricName, value: number, details: object = {}): void {
    this.instrument(name)(value);
    const { metricsNamespace } = this.config;
    if (metricsNamespace === undefined) return;
    this.logger.log({ ...details, ...embeddedMetricFormat(metricsNamespace, name, value, this.clock.realNow()) }, name);
  }

  private instrument(name: MetricName): (value: number) => void {
    const existing = this.instruments.get(name);
    if (existing) return existing;
    const { unit, kind } = METRICS[name];
    const options = { unit: unit === 'Seconds' ? 's' : '1' };
    const gauge = kind === 'gauge' ? this.meter.createGauge(name, options) : undefined;
    const counter = kind === 'count' ? this.meter.createCounter(name, options) : undefined;
    const record = (value: number) => (gauge ? gauge.record(value) : counter?.add(value));
    this.instruments.set(name, record);
    return record;
  }
}

function embeddedMetricFormat(Namespace: string, Name: MetricName, value: number, Timestamp: number): object {
  const metric = { Namespace, Dimensions: [[]], Metrics: [{ Name, Unit: METRICS[Name].unit }] };
  return { _aws: { Timestamp, CloudWatchMetrics: [metric] }, [Name]: value };
}

import { Inject, Injectable, Logger } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import { Clock } from '../clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';

/** A gauge is a current value. A count is a number of occurrences. */
export interface Metric {
  readonly name: string;
  readonly unit: 'Seconds' | 'Count';
  readonly kind: 'gauge' | 'count';
}

const declarations = new Map<string, Metric>();

/** Declares a metric next to the code that records it. Alarms and the dashboard refer to it by name. */
export function declareMetric(name: string, { unit, kind }: Omit<Metric, 'name'>): Metric {
  if (declarations.has(name)) throw new Error(`The metric ${name} is declared twice`);
  const metric = { name, unit, kind };
  declarations.set(name, metric);
  return metric;
}

/** Every metric of the modules loaded so far, in order of declaration. */
export function declaredMetrics(): readonly Metric[] {
  return [...declarations.values()];
}

/**
 * Records metrics for dashboards and alarms. Each value is a log line in CloudWatch's embedded metric format, from
 * which CloudWatch extracts the metric. It also goes to OpenTelemetry, if that is configured.
 */
@Injectable()
export class Metrics {
  private readonly logger = new Logger(Metrics.name);
  private readonly meter = metrics.getMeter('milkround');
  private readonly instruments = new Map<Metric, (value: number) => void>();

  constructor(
    private readonly clock: Clock,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  /** Records a value. The details appear in the log line only. */
  record(metric: Metric, value: number, details: object = {}): void {
    this.instrument(metric)(value);
    const { metricsNamespace } = this.config;
    if (metricsNamespace === undefined) return;
    const line = embeddedMetricFormat(metricsNamespace, metric, value, this.clock.realNow());
    this.logger.log({ ...details, ...line }, metric.name);
  }

  private instrument(metric: Metric): (value: number) => void {
    const existing = this.instruments.get(metric);
    if (existing) return existing;
    const { name, unit, kind } = metric;
    const options = { unit: unit === 'Seconds' ? 's' : '1' };
    const gauge = kind === 'gauge' ? this.meter.createGauge(name, options) : undefined;
    const counter = kind === 'count' ? this.meter.createCounter(name, options) : undefined;
    const record = (value: number) => (gauge ? gauge.record(value) : counter?.add(value));
    this.instruments.set(metric, record);
    return record;
  }
}

function embeddedMetricFormat(Namespace: string, { name, unit }: Metric, value: number, Timestamp: number): object {
  const metric = { Namespace, Dimensions: [[]], Metrics: [{ Name: name, Unit: unit }] };
  return { _aws: { Timestamp, CloudWatchMetrics: [metric] }, [name]: value };
}

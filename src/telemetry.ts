import { metrics } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { defaultResource, envDetector, resourceFromAttributes, detectResources } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

/**
 * Exports traces and metrics by OTLP, configured by the standard `OTEL_…` variables. Call it before the modules that it
 * instruments are loaded. Outgoing HTTP requests have no spans, because AWS clients record their own.
 */
export function startTelemetry(): void {
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'milkround' }))
    .merge(detectResources({ detectors: [envDetector] }));
  const traces = new NodeTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  traces.register();
  const reader = new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() });
  metrics.setGlobalMeterProvider(new MeterProvider({ resource, readers: [reader] }));
  registerInstrumentations({
    instrumentations: [
      new HttpInstrumentation({
        disableOutgoingRequestInstrumentation: true,
        // The link in a mail has a token.
        redactedQueryParamsServer: ['token'],
        ignoreIncomingRequestHook: ({ url }) => url?.startsWith('/health/') ?? false,
      }),
    ],
  });
}

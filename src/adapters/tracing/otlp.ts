/**
 * Sends spans by OTLP over HTTP. The packages are ordinary dependencies (27 MB), so that one setting is enough to turn
 * traces on in every installation, containers included. They are loaded only then, since loading takes 0.3 s of CPU time.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Attributes,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { SpanOptions, Tracer } from '../../ports/tracer.ts'
import { samplerOf } from './sampler.ts'

const SEND_EVERY_MS = 2000
/** A collector that does not answer delays the end of the process by this at most. */
const LAST_MS = 3000
const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER }

export interface OtlpOptions {
  version: string
  /** Called with one line when spans cannot be sent. */
  onTrouble(message: string): void
}

/** The address, headers, sampler and resource are read from the environment, as OpenTelemetry specifies them. */
export function otlpTracer({ version, onTrouble }: OtlpOptions): Tracer {
  const complain = (message: string): void => onTrouble(message.split('\n')[0] ?? '')
  const quiet = (): void => {}
  diag.setLogger(
    { error: complain, warn: quiet, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  )
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'earshot', 'service.version': version }))
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(process.env),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis: SEND_EVERY_MS }),
    ],
  })
  const tracer = provider.getTracer('earshot', version)
  return {
    start(name, { kind, parent, from, attributes }: SpanOptions = {}) {
      const above = parent ? contextOf(parent) : undefined
      const span = tracer.startSpan(
        name,
        {
          ...(kind && { kind: KINDS[kind] }),
          ...(from !== undefined && { startTime: from }),
          ...(attributes && { attributes: attributes as Attributes }),
        },
        above ? trace.setSpanContext(ROOT_CONTEXT, above) : ROOT_CONTEXT,
      )
      return {
        traceparent: traceparentOf(span.spanContext()),
        set: (more) => void span.setAttributes(more as Attributes),
        fail: (why) => void span.setStatus({ code: SpanStatusCode.ERROR, message: why }),
        end: () => span.end(),
      }
    },
    close: () => Promise.race([provider.shutdown().catch(quiet), sleep(LAST_MS, undefined, { ref: false })]),
  }
}

function contextOf(traceparent: string): SpanContext | undefined {
  const [, traceId, spanId, flags] = traceparent.split('-')
  if (!traceId || !spanId || !flags) return undefined
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
}

const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`

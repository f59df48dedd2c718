import type { Logger } from 'pino'
import type { Config } from '../config/schema.ts'
import type { Tracer } from '../ports/tracer.ts'
import { version } from './version.ts'

/** Undefined: nobody asked for traces. */
export async function composeTracer(
  { OTEL_EXPORTER_OTLP_ENDPOINT: url }: Config,
  logger: Logger,
): Promise<Tracer | undefined> {
  if (!url) return undefined
  const { otlpTracer } = await import('../adapters/tracing/otlp.ts')
  return otlpTracer({ version, onTrouble: (why) => logger.warn({ why }, 'traces cannot be sent') })
}

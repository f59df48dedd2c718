/** Tracing, from a request to its webhook and across machines, with spans as in OpenTelemetry. */
export interface Tracer {
  start(name: string, options?: SpanOptions): Span
  /** Sends the spans that are left. */
  close(): Promise<void>
}

/** Ids, counts, codes and names of models; never text, links or keys. */
export type Attributes = Record<string, string | number | boolean | undefined>

export interface SpanOptions {
  kind?: 'server' | 'client' | 'consumer'
  /** The parent span, as a W3C `traceparent`; none: the span starts a trace. */
  parent?: string | null | undefined
  /** When it began, epoch ms; undefined: now. */
  from?: number
  attributes?: Attributes
}

export interface Span {
  /** To pass to its child spans. */
  readonly traceparent: string
  set(attributes: Attributes): void
  /** @param why an error code */
  fail(why: string): void
  end(): void
}

/** Does the work in a span; without a tracer, just does the work. */
export async function inSpan<T>(
  tracer: Tracer | undefined,
  name: string,
  options: SpanOptions,
  work: (span: Span | undefined) => Promise<T>,
): Promise<T> {
  if (!tracer) return work(undefined)
  const span = tracer.start(name, options)
  try {
    return await work(span)
  } catch (error) {
    span.fail(codeOf(error))
    throw error
  } finally {
    span.end()
  }
}

/** Not the message, which may contain parts of a request. */
const codeOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: string }
  return typeof code === 'string' ? code : (name ?? 'error')
}

/** Where time goes, from a request to its webhook, on whatever machines: spans, as OpenTelemetry has them. */
export interface Tracer {
  start(name: string, options?: SpanOptions): Span
  /** Sends what was not sent yet. */
  close(): Promise<void>
}

/** Ids, counts, codes and names of models; never text, links or keys. */
export type Attributes = Record<string, string | number | boolean | undefined>

export interface SpanOptions {
  kind?: 'server' | 'client' | 'consumer'
  /** What it is part of, as W3C's `traceparent`; nothing: a trace of its own. */
  parent?: string | null | undefined
  /** When it began, epoch ms; undefined: now. */
  from?: number
  attributes?: Attributes
}

export interface Span {
  /** For what is part of it. */
  readonly traceparent: string
  set(attributes: Attributes): void
  /** @param why a code */
  fail(why: string): void
  end(): void
}

/** Does the work within a span; where nothing is traced, just does it. */
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

/** Not its message: that may say what was in a request. */
const codeOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: string }
  return typeof code === 'string' ? code : (name ?? 'error')
}

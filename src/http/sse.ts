/**
 * Server-sent events (WHATWG HTML 9.2): one complete JSON value per `data:` line, a comment now and then
 * so that proxies keep the line open, back-pressure obeyed.
 */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'

const HEARTBEAT_MS = 15_000

export interface EventStream {
  /** Waits while the client reads slower than we write. Does nothing once it is gone. `event` null: unnamed. */
  send(event: string | null, data: unknown, id?: string): Promise<void>
  end(): void
}

/** Open streams, so that a stopping server can end them first. */
export interface EventStreams {
  open(reply: FastifyReply, gone: AbortSignal): EventStream
  /** Any other response that may last: it is cut off. */
  track(response: ServerResponse): void
  endAll(): void
}

export function createEventStreams(): EventStreams {
  const streams = new Set<EventStream>()
  const responses = new Set<ServerResponse>()
  return {
    open(reply, gone) {
      const stream = openStream(reply, gone, () => streams.delete(stream))
      streams.add(stream)
      return stream
    },
    track(response) {
      responses.add(response)
      response.once('close', () => responses.delete(response))
    },
    endAll() {
      for (const stream of streams) stream.end()
      for (const response of responses) response.destroy()
    },
  }
}

function openStream(reply: FastifyReply, gone: AbortSignal, onEnd: () => void): EventStream {
  const { raw } = reply
  reply.hijack()
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  raw.flushHeaders()
  const heartbeat = setInterval(() => raw.write(': keep-alive\n\n'), HEARTBEAT_MS)
  let ended = false
  const end = (): void => {
    if (ended) return
    ended = true
    clearInterval(heartbeat)
    raw.end()
    onEnd()
  }
  gone.addEventListener('abort', end, { once: true })
  return {
    async send(event, data, id) {
      if (ended) return
      const lines = [
        ...(id === undefined ? [] : [`id: ${id}`]),
        ...(event === null ? [] : [`event: ${event}`]),
        `data: ${JSON.stringify(data)}`,
      ]
      if (raw.write(`${lines.join('\n')}\n\n`)) return
      await once(raw, 'drain', { signal: gone }).catch(() => {})
    },
    end,
  }
}

import { api } from '../../../api.ts'
import { retryDelay } from '../back-off.ts'
import type { LiveEvent } from './live-text.ts'

/** Events may come by the thousand when a connection begins anew: they are told together. */
const GATHER_MS = 100

/** Listens to a transcription until its end, over any break of the connection. Returns what ends it. */
export function listen(id: string, tell: (events: LiveEvent[]) => void): () => void {
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let flush: ReturnType<typeof setTimeout> | undefined
  let gathered: LiveEvent[] = []
  let failures = 0

  function hear(event: LiveEvent['event'], message: MessageEvent<string>): void {
    failures = 0
    gathered.push({ event, data: JSON.parse(message.data) } as LiveEvent)
    flush ??= setTimeout(() => {
      flush = undefined
      const events = gathered
      gathered = []
      tell(events)
    }, GATHER_MS)
    if (event === 'end') source?.close()
  }

  function connect(): void {
    const opened = new EventSource(api.url(`/transcriptions/${id}/events`))
    source = opened
    for (const event of ['progress', 'segment', 'end'] as const)
      opened.addEventListener(event, (message: MessageEvent<string>) => hear(event, message))
    opened.onerror = () => {
      // The browser reconnects by itself after a break, but not after an answer that is no stream.
      if (opened.readyState !== EventSource.CLOSED) return
      clearTimeout(retry)
      retry = setTimeout(connect, retryDelay(++failures))
    }
  }

  connect()
  return () => {
    source?.close()
    clearTimeout(retry)
    clearTimeout(flush)
  }
}

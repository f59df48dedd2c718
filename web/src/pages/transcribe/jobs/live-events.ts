import { readEvents, type TranscriptionEvent } from '../../../../../src/client/events.ts'
import { patient } from '../../../api.ts'
import { noticeSessionEnd } from '../../../query-client.ts'

/** Events may come by the thousand when a connection begins anew: they are told together. */
const GATHER_MS = 100

/** Listens to a transcription until its end, over any break of the connection. Returns what ends it. */
export function listen(id: string, tell: (events: TranscriptionEvent[]) => void): () => void {
  const stop = new AbortController()
  let flush: ReturnType<typeof setTimeout> | undefined
  let gathered: TranscriptionEvent[] = []

  async function hear(): Promise<void> {
    for await (const event of readEvents(patient, id, { signal: stop.signal })) {
      gathered.push(event)
      flush ??= setTimeout(() => {
        flush = undefined
        const events = gathered
        gathered = []
        tell(events)
      }, GATHER_MS)
    }
  }

  // What the server refuses, such as one that was deleted meanwhile, the lists show as well.
  hear().catch(noticeSessionEnd)
  return () => {
    stop.abort()
    clearTimeout(flush)
  }
}

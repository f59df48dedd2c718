import { setTimeout as pause } from 'node:timers/promises'
import type { TranscriptionReply } from '../contract/native.ts'
import { type Api, askJson } from './api.ts'

/** How long until the next look: short works are noticed soon, long ones cost few requests. */
const FIRST_MS = 300
const LONGEST_MS = 4000

interface Waiting {
  signal: AbortSignal
  tell?: ((pct: number, message: string) => Promise<void>) | undefined
  /** After this the last state is given, whatever it is. */
  patienceMs?: number
}

/** The transcription once it has ended; the work goes on where nobody waits any more. @throws ApiError */
export async function waitForEnd(
  api: Api,
  id: string,
  { signal, tell, patienceMs = Infinity }: Waiting,
): Promise<TranscriptionReply> {
  const since = Date.now()
  let told = -1
  for (let next = FIRST_MS; ; next = Math.min(LONGEST_MS, next * 1.4)) {
    const now = await askJson<TranscriptionReply>(api, 'GET', `/transcriptions/${id}?words=false`, { signal })
    if (tell && now.pct > told) await tell(now.pct, now.stage ?? now.state)
    told = Math.max(told, now.pct)
    const hasEnded = now.state !== 'queued' && now.state !== 'running'
    if (hasEnded || Date.now() - since >= patienceMs) return now
    await pause(next, undefined, { signal })
  }
}

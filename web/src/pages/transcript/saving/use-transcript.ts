import { useEffect, useState, useSyncExternalStore } from 'react'
import { api } from '../../../api.ts'
import { noticeSessionEnd } from '../../../query-client.ts'
import { randomId } from '../../../random-id.ts'
import { changesPath } from '../data.ts'
import type { Begun } from './begin.ts'
import { createTranscript, type Snapshot, type Transcript } from './document.ts'
import { draftStore, neighbours } from './drafts.ts'

/** How often others’ changes are looked for while the page is in sight. */
const LOOK_MS = 15_000
/** Browsers send no more than 64 kB of a page that is going away. */
const LAST_BYTES = 60_000

/** The transcript, saved as it is edited, for as long as the page shows it. */
export function useTranscript({ id, userId, editor, version, onKept }: Begun): [Transcript, Snapshot] {
  const [page] = useState(randomId)
  const [transcript] = useState(() =>
    createTranscript({
      editor,
      version,
      drafts: draftStore(userId, id, page),
      transport: {
        save: (body, last) =>
          noticed(api.post(changesPath(id), body, last && JSON.stringify(body).length < LAST_BYTES)),
        since: (since) => noticed(api.get(`${changesPath(id)}?since=${since}`)),
      },
      newId: randomId,
    }),
  )
  useEffect(() => {
    const others = neighbours(id, page, () => void transcript.look())
    transcript.open(others.saved)
    onKept()
    const look = (): void => {
      if (document.visibilityState === 'visible') void transcript.look()
      else void transcript.save(true)
    }
    const timer = setInterval(() => document.visibilityState === 'visible' && void transcript.look(), LOOK_MS)
    const back = (): void => void transcript.look()
    document.addEventListener('visibilitychange', look)
    window.addEventListener('online', back)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('online', back)
      transcript.close()
      others.close()
    }
  }, [transcript, id, page, onKept])
  return [transcript, useSyncExternalStore(transcript.subscribe, transcript.read)]
}

/** Where the session has ended, the login comes, and then this page again. */
async function noticed<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    noticeSessionEnd(error as Error)
    throw error
  }
}

import { Stack } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useSession } from '../../../session.ts'
import type { Chosen } from '../chosen.ts'
import { useKept } from './kept.ts'
import { KeptRecordings } from './kept-recordings.tsx'
import { RecordPanel } from './record-panel.tsx'
import { takeRecorded, useRecorder } from './recorder.ts'

interface RecordingsProps {
  chosen: readonly Chosen[]
  /** It shall be transcribed like a file that was chosen. @param length seconds */
  onUse(file: File, length: number): void
}

/** Makes recordings, and offers those that were made before and not sent. */
export function Recordings({ chosen, onUse }: RecordingsProps) {
  const { user } = useSession()
  const recorder = useRecorder()
  const kept = useKept(chosen)
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (recorder.kind !== 'done') return
    // Somebody else may have logged in meanwhile.
    if (recorder.userId === user.id) onUse(recorder.file, recorder.seconds)
    takeRecorded()
  }, [recorder, onUse, user.id])
  return (
    <Stack>
      <RecordPanel panelRef={panel} recorder={recorder} />
      {kept.length > 0 && (
        <KeptRecordings recordings={kept} onUse={onUse} onGone={() => panel.current?.focus()} />
      )}
    </Stack>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import type { TranscriptionSummary } from '../../../../../src/contract/native.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { Problem } from '../../parts/problem.tsx'
import { clock, titleWords } from '../../parts/words.ts'
import { useRemove } from '../data.ts'
import { isMuchLost } from './much-lost.ts'

interface CancelButtonProps {
  job: TranscriptionSummary
  /** The latest known progress. */
  pct: number
  size: 'xs' | 'sm'
  /** One of several such buttons: the label names the recording. */
  inList?: boolean
  onCancelled(): void
}

/** Cancels a transcription; asks first if much work would be lost. */
export function CancelButton({ job, pct, size, inList = false, onCancelled }: CancelButtonProps) {
  const [asking, setAsking] = useState(false)
  const cancel = useRemove()
  const title = titleWords(job)
  const press = (): void =>
    isMuchLost(job, Date.now()) ? setAsking(true) : cancel.mutate(job.id, { onSuccess: onCancelled })
  return (
    <>
      <Button
        size={size}
        variant="default"
        aria-label={inList ? `Cancel: ${title}` : undefined}
        loading={cancel.isPending && !asking}
        onClick={press}
      >
        Cancel
      </Button>
      {!asking && <Problem error={cancel.error} />}
      <Confirm
        opened={asking}
        title={`Stop transcribing ${title}?`}
        action="Stop"
        keep="Go on"
        run={async () => {
          await cancel.mutateAsync(job.id)
          onCancelled()
        }}
        onClose={() => setAsking(false)}
      >
        {Math.floor(pct)} % {job.durationSeconds !== null && `of ${clock(job.durationSeconds)} `}
        is done. The text so far will be lost, and nothing will be charged.
      </Confirm>
    </>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TranscriptionSummary } from '../../../../../src/contract/native.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { Problem } from '../../parts/problem.tsx'
import { clock, percentWords, titleWords } from '../../parts/words.ts'
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
  const parts = useTranslations('parts')
  const t = useTranslations('jobs')
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
        aria-label={inList ? parts('named', { action: parts('cancel'), name: title }) : undefined}
        loading={cancel.isPending && !asking}
        onClick={press}
      >
        {parts('cancel')}
      </Button>
      {!asking && <Problem error={cancel.error} />}
      <Confirm
        opened={asking}
        title={t('cancel.title', { title })}
        action={t('cancel.stop')}
        keep={t('cancel.keep')}
        run={async () => {
          await cancel.mutateAsync(job.id)
          onCancelled()
        }}
        onClose={() => setAsking(false)}
      >
        {job.durationSeconds === null
          ? t('cancel.lost', { pct: percentWords(pct) })
          : t('cancel.lostOf', { pct: percentWords(pct), length: clock(job.durationSeconds) })}
      </Confirm>
    </>
  )
}

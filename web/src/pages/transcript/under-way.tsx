import { Badge, Group, Stack, Text } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { titleWords } from '../parts/words.ts'
import { CancelButton } from '../transcribe/jobs/cancel-button.tsx'
import { statusWords } from '../transcribe/jobs/job-words.ts'
import { LiveLines } from '../transcribe/jobs/live-lines.tsx'
import { ProgressBar } from '../transcribe/jobs/progress-bar.tsx'
import { useLive } from '../transcribe/jobs/use-live.ts'

interface UnderWayProps {
  transcription: TranscriptionReply
  /** There is something else to show now. */
  onEnded(): void
}

/** What is not finished yet: how far it is, and its text so far. */
export function UnderWay({ transcription, onEnded }: UnderWayProps) {
  const jobs = useTranslations('jobs')
  const t = useTranslations('transcript')
  const { id } = transcription
  const live = useLive(id, true)
  const status = live.progress ?? transcription
  const pct = Math.max(transcription.pct, status.pct)
  const title = titleWords(transcription)
  const ended = live.end !== undefined
  useEffect(() => {
    if (ended) onEnded()
  }, [ended, onEnded])
  return (
    <Stack gap="sm" maw={760}>
      <Group justify="space-between">
        <Badge variant="light" color={status.state === 'queued' ? 'gray' : undefined} role="status">
          {statusWords(status)}
        </Badge>
        <CancelButton job={transcription} pct={pct} size="sm" onCancelled={onEnded} />
      </Group>
      {status.state !== 'queued' && <ProgressBar pct={pct} title={title} />}
      <LiveLines segments={live.segments} label={jobs('textSoFar', { title })} tall />
      <Text size="sm" c="dimmed">
        {t('underWay.close')}
      </Text>
    </Stack>
  )
}

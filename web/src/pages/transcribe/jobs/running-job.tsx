import { Badge, Group, Paper, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { TranscriptionSummary } from '../../../../../src/contract/native.ts'
import { TranscriptLink } from '../../parts/transcript-link.tsx'
import { sourceWords, titleWords } from '../../parts/words.ts'
import { CancelButton } from './cancel-button.tsx'
import { statusWords, waitingWords } from './job-words.ts'
import { LiveLines } from './live-lines.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { useLive } from './use-live.ts'

interface RunningJobProps {
  job: TranscriptionSummary
  /** Whether its text is followed; the others show how far they are. */
  isFollowed: boolean
  onCancelled(): void
}

/** What is under way: how far it is, how long it still takes, and its text so far. */
export function RunningJob({ job, isFollowed, onCancelled }: RunningJobProps) {
  const t = useTranslations('jobs')
  const live = useLive(job.id, isFollowed)
  const status = live.progress ?? job
  const pct = Math.max(job.pct, status.pct)
  // What the events tell is newer than the list.
  const queuePlace = live.segments.length > 0 || pct > job.pct ? null : job.queuePlace
  const isWaiting = status.state === 'queued' || queuePlace !== null
  const title = titleWords(job)
  return (
    <Paper withBorder p="md" component="li" aria-label={title}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <div style={{ flex: '1 1 12rem' }}>
            <TranscriptLink id={job.id} fw={600}>
              {title}
            </TranscriptLink>
            <Text size="sm" c="dimmed">
              {sourceWords(job.source)}
            </Text>
          </div>
          <Badge variant="light" color={isWaiting ? 'gray' : undefined}>
            {statusWords({ ...status, queuePlace })}
          </Badge>
          <CancelButton job={job} pct={pct} size="xs" inList onCancelled={onCancelled} />
        </Group>
        {queuePlace !== null && (
          <Text size="sm" c="dimmed">
            {waitingWords({ queuePlace, secondsLeft: job.secondsLeft })}
          </Text>
        )}
        {!isWaiting && <ProgressBar pct={pct} title={title} secondsLeft={job.secondsLeft} />}
        {isFollowed && <LiveLines segments={live.segments} label={t('textSoFar', { title })} />}
      </Stack>
    </Paper>
  )
}

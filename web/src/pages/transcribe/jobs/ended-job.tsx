import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { TranscriptionSummary } from '../../../../../src/contract/native.ts'
import { Downloads } from '../../parts/downloads.tsx'
import { ErrorWords } from '../../parts/error-words.tsx'
import { Problem } from '../../parts/problem.tsx'
import { TranscriptLink } from '../../parts/transcript-link.tsx'
import { When } from '../../parts/when.tsx'
import { clock, sourceWords, titleWords } from '../../parts/words.ts'
import { exportUrl } from '../../transcript/data.ts'
import { useAgain } from '../data.ts'
import { statusWords } from './job-words.ts'

const COLORS = {
  succeeded: 'green',
  failed: 'red',
  cancelled: 'gray',
  queued: 'gray',
  running: 'gray',
} as const

export function EndedJob({ job }: { job: TranscriptionSummary }) {
  const parts = useTranslations('parts')
  const again = useAgain()
  const title = titleWords(job)
  const isDone = job.state === 'succeeded'
  return (
    <Paper withBorder p="md" component="li" aria-label={title}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <div style={{ flex: '1 1 12rem' }}>
            {isDone ? (
              <TranscriptLink id={job.id} fw={600}>
                {title}
              </TranscriptLink>
            ) : (
              <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                {title}
              </Text>
            )}
            <Text size="sm" c="dimmed">
              {sourceWords(job.source)}
              {job.durationSeconds !== null && ` · ${clock(job.durationSeconds)}`}
              {' · '}
              <When at={job.finishedAt ?? job.createdAt} />
            </Text>
          </div>
          <Badge variant="light" color={COLORS[job.state]}>
            {statusWords(job)}
          </Badge>
          {isDone ? (
            <Downloads size="xs" title={title} url={(format) => exportUrl(job.id, format)} />
          ) : (
            <Button
              size="xs"
              variant="default"
              aria-label={parts('named', { action: parts('tryAgain'), name: title })}
              loading={again.isPending}
              onClick={() => again.mutate(job)}
            >
              {parts('tryAgain')}
            </Button>
          )}
        </Group>
        {job.error && (
          <Text size="sm" c="red">
            <ErrorWords error={job.error} />
          </Text>
        )}
        <Problem error={again.error} />
      </Stack>
    </Paper>
  )
}

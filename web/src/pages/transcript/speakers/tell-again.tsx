import { Button, Group, NativeSelect, Progress, Stack, Text } from '@mantine/core'
import { memo, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SpeakerRun, TellSpeakersBody } from '../../../../../src/contract/speakers.ts'
import { translator } from '../../../i18n/catalogue.ts'
import { Problem } from '../../parts/problem.tsx'
import type { Transcript } from '../saving/document.ts'
import { isOpen, useSpeakerRun, useTellSpeakers } from './run-data.ts'

/** More are told apart by “Automatic” only. */
const MOST = 20
const NUMBERS = Array.from({ length: MOST }, (_, k) => String(k + 1))

interface TellAgainProps {
  id: string
  /** How many there are now. */
  count: number
  transcript: Transcript
  version: number
}

/** Has the speakers told apart again, for as many people as there really are. */
export const TellAgain = memo(function TellAgain({ id, count, transcript, version }: TellAgainProps) {
  const t = useTranslations('transcript')
  const [choice, setChoice] = useState<string>()
  const run = useSpeakerRun(id)
  const tell = useTellSpeakers(id)
  const open = run !== null && isOpen(run)
  const shown = useShown(run)
  const value = choice ?? (count >= 1 && count <= MOST ? String(count) : 'auto')
  useEffect(() => {
    if (run?.version && run.version > version) void transcript.look()
  }, [run, version, transcript])

  async function start(): Promise<void> {
    await transcript.save()
    tell.mutate({ speakers: value === 'auto' ? 'auto' : Number(value) } satisfies TellSpeakersBody)
  }
  return (
    <Stack gap={4}>
      <Group gap="xs" align="flex-end">
        <NativeSelect
          size="xs"
          label={t('voices.number')}
          data={[{ value: 'auto', label: t('voices.automatic') }, ...NUMBERS]}
          value={value}
          onChange={({ currentTarget }) => setChoice(currentTarget.value)}
        />
        <Button size="xs" variant="default" loading={tell.isPending || open} onClick={() => void start()}>
          {t('voices.again')}
        </Button>
      </Group>
      <Problem error={tell.error} />
      <div role="status">{shown && <Outcome run={shown} />}</div>
    </Stack>
  )
})

/** Of a run that was under way while the page was open: what ended before is no news. */
function useShown(run: SpeakerRun | null): SpeakerRun | null {
  const [seen, setSeen] = useState<string>()
  if (run && isOpen(run) && seen !== run.createdAt) setSeen(run.createdAt)
  return run && (isOpen(run) || run.createdAt === seen) ? run : null
}

function Outcome({ run }: { run: SpeakerRun }) {
  const t = useTranslations('transcript')
  if (run.state === 'failed') return <Problem error={new Error(run.error?.message)} />
  if (isOpen(run))
    return (
      <Stack gap={4}>
        <Text size="xs">{t('voices.listening')}</Text>
        <Progress value={run.pct} aria-label={t('voices.progress')} />
      </Stack>
    )
  return <Text size="xs">{outcomeOf(run)}</Text>
}

function outcomeOf({ found, version }: SpeakerRun): string {
  const t = translator('transcript')
  if (found === 0) return t('voices.noVoices')
  if (version === null) return t('voices.unchanged')
  return t('voices.found', { count: found ?? 0 })
}

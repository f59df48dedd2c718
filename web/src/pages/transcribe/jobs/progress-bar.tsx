import { Progress, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { percentWords } from '../../parts/words.ts'
import { timeLeftWords } from '../time-words.ts'
import { useTimeLeft } from './use-time-left.ts'

interface ProgressBarProps {
  pct: number
  title: string
  /** As the server has just said; null: to be told from what is seen of the progress. */
  secondsLeft?: number | null
}

/** How far it is, and how long it still takes. */
export function ProgressBar({ pct, title, secondsLeft = null }: ProgressBarProps) {
  const t = useTranslations('jobs')
  const seen = useTimeLeft(pct)
  const left = secondsLeft === null ? seen : timeLeftWords(secondsLeft * 1000)
  return (
    <>
      <Progress.Root size="md">
        <Progress.Section value={pct} aria-label={t('progress', { title })} />
      </Progress.Root>
      <Text size="sm" c="dimmed">
        {percentWords(pct)}
        {left !== undefined && ` · ${left}`}
      </Text>
    </>
  )
}

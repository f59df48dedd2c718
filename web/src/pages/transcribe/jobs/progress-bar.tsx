import { Progress, Text } from '@mantine/core'
import { useTimeLeft } from './use-time-left.ts'

/** How far it is, and how long it still takes. */
export function ProgressBar({ pct, title }: { pct: number; title: string }) {
  const left = useTimeLeft(pct)
  return (
    <>
      <Progress.Root size="md">
        <Progress.Section value={pct} aria-label={`Progress of ${title}`} />
      </Progress.Root>
      <Text size="sm" c="dimmed">
        {Math.floor(pct)}%{left !== undefined && ` · ${left}`}
      </Text>
    </>
  )
}

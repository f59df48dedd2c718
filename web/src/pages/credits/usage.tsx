import { EmptyState, Group, Loader, Paper, SegmentedControl, Stack, Title } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { Loaded } from '../parts/loaded.tsx'
import { useUsage } from './data.ts'

// recharts is larger than everything else on the page together.
const UsageCharts = lazy(() => import('./usage-charts.tsx'))

const SPANS = [
  { label: '7 days', value: '7' },
  { label: '30 days', value: '30' },
  { label: '90 days', value: '90' },
  { label: 'A year', value: '365' },
]

export function Usage() {
  const [days, setDays] = useState('30')
  const usage = useUsage(Number(days))
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="usage">
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2} size="h4" id="usage">
            Usage
          </Title>
          <SegmentedControl size="xs" data={SPANS} value={days} onChange={setDays} aria-label="Time span" />
        </Group>
        <Loaded query={usage} failed="We could not load your usage">
          {(data) =>
            data.total.transcriptions === 0 ? (
              <EmptyState
                title="Nothing was transcribed in this time"
                description="Charts of credits by day, by key and by source appear with the first transcription."
              />
            ) : (
              <Suspense fallback={<Loader role="status" aria-label="Loading the charts" />}>
                <UsageCharts usage={data} />
              </Suspense>
            )
          }
        </Loaded>
      </Stack>
    </Paper>
  )
}

import { EmptyState, Group, Loader, Paper, SegmentedControl, Stack, Title } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Loaded } from '../parts/loaded.tsx'
import { useUsage } from './data.ts'

// recharts is larger than everything else on the page together.
const UsageCharts = lazy(() => import('./usage-charts.tsx'))

const SPANS = [7, 30, 90, 365]

export function Usage() {
  const t = useTranslations('credits')
  const [days, setDays] = useState('30')
  const usage = useUsage(Number(days))
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="usage">
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2} size="h4" id="usage">
            {t('usage.title')}
          </Title>
          <SegmentedControl
            size="xs"
            data={SPANS.map((count) => ({
              value: String(count),
              label: count === 365 ? t('usage.year') : t('usage.days', { count }),
            }))}
            value={days}
            onChange={setDays}
            aria-label={t('usage.span')}
          />
        </Group>
        <Loaded query={usage} failed={t('usage.failed')}>
          {(data) =>
            data.total.transcriptions === 0 ? (
              <EmptyState title={t('usage.none')} description={t('usage.noneSays')} />
            ) : (
              <Suspense fallback={<Loader role="status" aria-label={t('usage.loading')} />}>
                <UsageCharts usage={data} />
              </Suspense>
            )
          }
        </Loaded>
      </Stack>
    </Paper>
  )
}

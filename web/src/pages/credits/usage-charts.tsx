import { useLocale, useTranslations } from 'use-intl'
import '@mantine/charts/styles.css'
import { BarChart, BarsList } from '@mantine/charts'
import { SimpleGrid, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import type { UsageReply } from '../../../../src/contract/account.ts'
import { numberWords } from '../parts/words.ts'
import { everyDay, keyName, lengthOf, sourceName } from './usage-data.ts'

/** Credits by day, by key and by source; each chart's figures are there for screen readers too. */
export default function UsageCharts({ usage }: { usage: UsageReply }) {
  const t = useTranslations('credits')
  const { total, keys, sources } = usage
  return (
    <Stack gap="lg">
      <Text>
        {t.rich('usage.total', {
          b: (text) => <b>{text}</b>,
          credits: t('credits', { count: total.credits }),
          count: total.transcriptions,
          length: lengthOf(total.seconds),
        })}
      </Text>
      <Days usage={usage} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Bars
          title={t('usage.byKey')}
          rows={keys.map((each) => ({ name: keyName(each), value: each.credits }))}
        />
        <Bars
          title={t('usage.bySource')}
          rows={sources.map((each) => ({ name: sourceName(each.source), value: each.credits }))}
        />
      </SimpleGrid>
    </Stack>
  )
}

function Days({ usage }: { usage: UsageReply }) {
  const t = useTranslations('credits')
  const name = t('statement.credits')
  const format = new Intl.DateTimeFormat(useLocale(), { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const shortDay = (day: string): string => format.format(new Date(day))
  return (
    <figure style={{ margin: 0 }}>
      <VisuallyHidden component="figcaption">
        {t('usage.byDay', {
          days: usage.days
            .map((each) =>
              t('usage.oneDay', { day: shortDay(each.day), credits: t('credits', { count: each.credits }) }),
            )
            .join('; '),
        })}
      </VisuallyHidden>
      <div aria-hidden>
        <BarChart
          h={220}
          data={everyDay(usage).map(({ day, credits: value }) => ({ day: shortDay(day), [name]: value }))}
          dataKey="day"
          series={[{ name }]}
          valueFormatter={(value) => numberWords(value)}
          yAxisProps={{ allowDecimals: false, width: 48 }}
          xAxisProps={{ minTickGap: 24 }}
          barProps={{ maxBarSize: 28, radius: [3, 3, 0, 0], isAnimationActive: false }}
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
    </figure>
  )
}

function Bars({ title, rows }: { title: string; rows: { name: string; value: number }[] }) {
  return (
    <section aria-label={title}>
      <Title order={3} size="h6" mb="xs">
        {title}
      </Title>
      <BarsList
        data={rows}
        barHeight={30}
        styles={{ barLabel: { whiteSpace: 'nowrap' } }}
        valueFormatter={(value) => numberWords(value)}
      />
    </section>
  )
}

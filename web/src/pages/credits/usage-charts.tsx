import '@mantine/charts/styles.css'
import { BarChart, BarsList } from '@mantine/charts'
import { SimpleGrid, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import type { UsageReply } from '../../../../src/contract/account.ts'
import { everyDay, keyName, lengthOf, sourceName } from './usage-data.ts'

const dayLabel = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })
const shortDay = (day: string): string => dayLabel.format(new Date(day))
const credits = (value: number): string => `${value.toLocaleString()} credit${value === 1 ? '' : 's'}`

/** Credits by day, by key and by source; each chart's figures are there for screen readers too. */
export default function UsageCharts({ usage }: { usage: UsageReply }) {
  const { total, keys, sources } = usage
  return (
    <Stack gap="lg">
      <Text>
        <b>{credits(total.credits)}</b> for {total.transcriptions.toLocaleString()}{' '}
        {total.transcriptions === 1 ? 'transcription' : 'transcriptions'}, {lengthOf(total.seconds)} in all.
      </Text>
      <Days usage={usage} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Bars title="By key" rows={keys.map((each) => ({ name: keyName(each), value: each.credits }))} />
        <Bars
          title="By source"
          rows={sources.map((each) => ({ name: sourceName(each.source), value: each.credits }))}
        />
      </SimpleGrid>
    </Stack>
  )
}

function Days({ usage }: { usage: UsageReply }) {
  return (
    <figure style={{ margin: 0 }}>
      <VisuallyHidden component="figcaption">
        Credits by day:{' '}
        {usage.days.map(({ day, credits: value }) => `${shortDay(day)}: ${credits(value)}`).join('; ')}
      </VisuallyHidden>
      <div aria-hidden>
        <BarChart
          h={220}
          data={everyDay(usage).map(({ day, credits: value }) => ({ day: shortDay(day), Credits: value }))}
          dataKey="day"
          series={[{ name: 'Credits' }]}
          valueFormatter={(value) => value.toLocaleString()}
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
        valueFormatter={(value) => value.toLocaleString()}
      />
    </section>
  )
}

import { SimpleGrid, Text } from '@mantine/core'
import type { OperatorOverview } from '../../../../src/contract/operator.ts'
import { counted } from '../parts/counted.ts'
import { Section } from '../parts/section.tsx'
import { bytesWords } from '../parts/words.ts'

/** What the settings say; they are changed where the server is started. */
export function Limits({ limits }: { limits: OperatorOverview['limits'] }) {
  return (
    <Section
      title="What is kept, and how much is taken"
      says="Set where Earshot is started: EARSHOT_RETENTION_DAYS and the others in docs/configuration.md."
    >
      <SimpleGrid cols={{ base: 2, lg: 4 }} component="dl" m={0}>
        <Limit label="Media files are kept" value={days(limits.mediaDays)} />
        <Limit label="Transcripts are kept" value={days(limits.transcriptDays)} />
        <Limit label="Largest file" value={bytesWords(limits.maxUploadBytes)} />
        <Limit label="Longest recording" value={hours(limits.maxMediaSeconds)} />
      </SimpleGrid>
    </Section>
  )
}

function Limit({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="dd" m={0} fw={600}>
        {value}
      </Text>
    </div>
  )
}

const days = (count: number): string => (count === 0 ? 'for ever' : counted(count, 'day'))

const hours = (seconds: number): string =>
  seconds < 7200
    ? `${Math.round(seconds / 60)} minutes`
    : `${(seconds / 3600).toLocaleString(undefined, { maximumFractionDigits: 1 })} hours`

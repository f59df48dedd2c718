import { SimpleGrid, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { OperatorOverview } from '../../../../src/contract/operator.ts'
import { translator } from '../../i18n/catalogue.ts'
import { Section } from '../parts/section.tsx'
import { bytesWords } from '../parts/words.ts'

/** What the settings say; they are changed where the server is started. */
export function Limits({ limits }: { limits: OperatorOverview['limits'] }) {
  const t = useTranslations('operator')
  return (
    <Section title={t('limits.title')} says={t('limits.says')}>
      <SimpleGrid cols={{ base: 2, lg: 4 }} component="dl" m={0}>
        <Limit label={t('limits.media')} value={days(limits.mediaDays)} />
        <Limit label={t('limits.transcripts')} value={days(limits.transcriptDays)} />
        <Limit label={t('limits.largest')} value={bytesWords(limits.maxUploadBytes)} />
        <Limit label={t('limits.longest')} value={hours(limits.maxMediaSeconds)} />
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

function days(count: number): string {
  const t = translator('operator')
  return count === 0 ? t('limits.forever') : t('limits.days', { count })
}

function hours(seconds: number): string {
  const t = translator('operator')
  if (seconds < 7200) return t('limits.minutes', { count: Math.round(seconds / 60) })
  return t('limits.hours', { count: Math.round(seconds / 360) / 10 })
}

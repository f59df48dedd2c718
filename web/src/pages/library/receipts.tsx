import { Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Loaded } from '../parts/loaded.tsx'
import { More } from '../parts/more.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'
import { clock, sourceName } from '../parts/words.ts'
import { useDeletions } from './archive.ts'

/** Receipts for transcripts that were deleted for good. */
export function Receipts() {
  const t = useTranslations('archive')
  const deletions = useDeletions()
  return (
    <Section title={t('receipts.title')} says={t('receipts.says')}>
      <Loaded query={deletions} failed={t('receipts.failed')}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0) return <Text size="sm">{t('receipts.none')}</Text>
          return (
            <Rows label={t('receipts.title')}>
              {items.map((item) => (
                <Row key={item.id}>
                  <Text fw={600}>
                    <bdi>{item.title ?? t('receipts.untitled')}</bdi>
                  </Text>
                  <Text size="sm" c="dimmed">
                    {sourceName(item.source)}
                    {item.durationSeconds !== null && ` · ${clock(item.durationSeconds)}`}
                    {' · '}
                    {t.rich('receipts.transcribed', { when: () => <When at={item.createdAt} /> })}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {t.rich('receipts.deleted', { when: () => <When at={item.deletedAt} /> })}
                    {item.deletedBy !== null && ` · ${t('receipts.by', { name: item.deletedBy })}`}
                    {item.reason === 'bin' && ` · ${t('receipts.binOver')}`}
                    {item.reason === 'retention' && ` · ${t('receipts.retention')}`}
                    {item.mediaDeleted && ` · ${t('receipts.withMedia')}`}
                  </Text>
                </Row>
              ))}
            </Rows>
          )
        }}
      </Loaded>
      <More query={deletions} size="xs" />
    </Section>
  )
}

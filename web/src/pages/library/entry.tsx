import { Checkbox, Group, Mark, Stack, Text } from '@mantine/core'
import { lazy, memo, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { withMessages } from '../../i18n/catalogue.ts'
import { TranscriptLink } from '../parts/transcript-link.tsx'
import { When } from '../parts/when.tsx'
import { clock, languageName, sourceWords, titleWords } from '../parts/words.ts'
import type { Item } from './data.ts'
import { pieces } from './pieces.ts'

const Marks = lazy(
  withMessages(['archive', 'jobs'], () => import('./marks.tsx').then(({ Marks }) => ({ default: Marks }))),
)

interface EntryProps {
  item: Item
  /** The words that are looked for. */
  find: string | undefined
  selected: boolean
  onSelect(id: string, selected: boolean): void
}

/** One transcription: what it is, and where the searched words occur in it. */
export const Entry = memo(function Entry({ item, find, selected, onSelect }: EntryProps) {
  const t = useTranslations('library')
  const title = titleWords(item)
  const language = item.detectedLanguage ?? item.language
  const facts = [
    sourceWords(item.source),
    item.durationSeconds !== null && clock(item.durationSeconds),
    language !== null && languageName(language),
  ].filter(Boolean)
  return (
    <Group wrap="nowrap" align="start" py="sm">
      <Checkbox
        aria-label={t('select', { title })}
        mt={3}
        checked={selected}
        onChange={({ currentTarget }) => onSelect(item.id, currentTarget.checked)}
      />
      <Stack gap={2} flex={1} miw={0}>
        <Group gap="xs">
          <TranscriptLink id={item.id} fw={600}>
            <bdi>{title}</bdi>
          </TranscriptLink>
          <Suspense>{(item.state !== 'succeeded' || item.tags.length > 0) && <Marks item={item} />}</Suspense>
        </Group>
        <Text size="sm" c="dimmed">
          {facts.join(' · ')} · <When at={item.createdAt} />
        </Text>
        {item.hits?.map((hit) => (
          <TranscriptLink key={hit.start} id={item.id} at={hit.start} find={find} size="sm" c="inherit">
            <Text span c="dimmed" size="sm">
              {clock(hit.start)}{' '}
            </Text>
            <bdi>
              {pieces(hit.snippet, hit.marks).map(({ at, text, marked }) =>
                marked ? <Mark key={at}>{text}</Mark> : <span key={at}>{text}</span>,
              )}
            </bdi>
          </TranscriptLink>
        ))}
        <More item={item} />
      </Stack>
    </Group>
  )
})

function More({ item: { hits = [], hitCount = 0 } }: { item: Item }) {
  const t = useTranslations('library')
  const more = hitCount - hits.length
  if (more <= 0) return null
  return (
    <Text size="sm" c="dimmed">
      {t('moreHits', { count: more })}
    </Text>
  )
}

import { Text } from '@mantine/core'
import { Loaded } from '../parts/loaded.tsx'
import { More } from '../parts/more.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'
import { clock, sourceName } from '../parts/words.ts'
import { useDeletions } from './archive.ts'

/** Receipts for transcripts that were deleted for good. */
export function Receipts() {
  const deletions = useDeletions()
  return (
    <Section
      title="Deleted for good"
      says="Receipts for deleted transcripts are kept for a year, without the texts."
    >
      <Loaded query={deletions} failed="We could not load the receipts">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0) return <Text size="sm">Nothing has been deleted for good.</Text>
          return (
            <Rows label="Deleted for good">
              {items.map((item) => (
                <Row key={item.id}>
                  <Text fw={600}>
                    <bdi>{item.title ?? 'Untitled'}</bdi>
                  </Text>
                  <Text size="sm" c="dimmed">
                    {sourceName(item.source)}
                    {item.durationSeconds !== null && ` · ${clock(item.durationSeconds)}`}
                    {' · transcribed '}
                    <When at={item.createdAt} />
                  </Text>
                  <Text size="sm" c="dimmed">
                    Deleted <When at={item.deletedAt} />
                    {item.deletedBy !== null && ` · by ${item.deletedBy}`}
                    {REASONS[item.reason]}
                    {item.mediaDeleted && ' · with its recording'}
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

const REASONS = {
  deleted: '',
  bin: ' · its time in the bin was over',
  retention: ' · by the retention rules',
}

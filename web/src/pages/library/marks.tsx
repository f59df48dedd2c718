import { Badge, Group } from '@mantine/core'
import { statusWords } from '../transcribe/jobs/job-words.ts'
import type { Item } from './data.ts'
import { TagLink } from './tag-link.tsx'

/** Badges that only some entries have; loaded after the list. */
export const Marks = ({ item }: { item: Item }) => (
  <Group gap={4} component="span">
    {item.state !== 'succeeded' && (
      <Badge variant="light" color={item.state === 'failed' ? 'red' : 'gray'}>
        {statusWords(item)}
      </Badge>
    )}
    {item.tags.map((tag) => (
      <TagLink key={tag} tag={tag} />
    ))}
  </Group>
)

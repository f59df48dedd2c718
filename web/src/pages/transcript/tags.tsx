import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { TagLink } from '../library/tag-link.tsx'
import { TagMany } from '../library/tag-many.tsx'

/** The transcript's tags. */
export function Tags({ transcription }: { transcription: TranscriptionReply }) {
  const [editing, setEditing] = useState(false)
  const { tags } = transcription
  return (
    <Group gap={4}>
      {tags.map((tag) => (
        <TagLink key={tag} tag={tag} />
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        ml={tags.length === 0 ? -8 : 0}
        onClick={() => setEditing(true)}
      >
        {tags.length === 0 ? 'Add tags' : 'Change tags'}
      </Button>
      {editing && <TagMany items={[transcription]} onClose={() => setEditing(false)} />}
    </Group>
  )
}

import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { TagLink } from '../library/tag-link.tsx'
import { TagMany } from '../library/tag-many.tsx'

/** The transcript's tags. */
export function Tags({ transcription }: { transcription: TranscriptionReply }) {
  const t = useTranslations('transcript')
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
        {tags.length === 0 ? t('tags.add') : t('tags.change')}
      </Button>
      {editing && <TagMany items={[transcription]} onClose={() => setEditing(false)} />}
    </Group>
  )
}

import { Button, Group, Modal, Stack, TagsInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Problem } from '../parts/problem.tsx'
import { useTag } from './archive.ts'
import { type Item, useFacets } from './data.ts'
import { countWords } from './words.ts'

interface TagManyProps {
  items: readonly Pick<Item, 'id' | 'tags'>[]
  onClose(): void
}

/** Edits the tags that all of them have. */
export function TagMany({ items, onClose }: TagManyProps) {
  const [common] = useState(() => commonTags(items))
  const [tags, setTags] = useState(common)
  const known = useFacets().data?.tags.map(({ tag }) => tag) ?? []
  const tag = useTag()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const add = tags.filter((each) => !common.includes(each))
    const remove = common.filter((each) => !tags.includes(each))
    if (add.length + remove.length === 0) onClose()
    else tag.mutate({ ids: items.map(({ id }) => id), add, remove }, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={items.length === 1 ? 'Tags' : `Tags of ${countWords(items.length)}`}
      centered
    >
      <form onSubmit={submit}>
        <Stack>
          <TagsInput
            label={items.length === 1 ? 'Tags' : 'Tags that all of them have'}
            description="Press Enter or type a comma after each tag."
            data={known}
            splitChars={[',', '\n']}
            maxTags={20}
            maxLength={50}
            acceptValueOnBlur
            // Below the field it would cover the button that saves.
            comboboxProps={{ position: 'top' }}
            value={tags}
            onChange={(all) => setTags(all.map((tag) => tag.trim()).filter(Boolean))}
            data-autofocus
          />
          <Problem error={tag.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={tag.isPending}>
              Save tags
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

const commonTags = ([first, ...others]: readonly Pick<Item, 'tags'>[]): string[] =>
  (first?.tags ?? []).filter((tag) => others.every(({ tags }) => tags.includes(tag)))

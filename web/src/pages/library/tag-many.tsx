import { Modal, TagsInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Form } from '../parts/form.tsx'
import { useTag } from './archive.ts'
import { type Item, useFacets } from './data.ts'

interface TagManyProps {
  items: readonly Pick<Item, 'id' | 'tags'>[]
  onClose(): void
}

/** Edits the tags that all of them have. */
export function TagMany({ items, onClose }: TagManyProps) {
  const t = useTranslations('archive')
  const [common] = useState(() => commonTags(items))
  const [tags, setTags] = useState(common)
  const [suggesting, setSuggesting] = useState(false)
  const known = useFacets().data?.tags.map(({ tag }) => tag) ?? []
  const tag = useTag()
  const submit = (): void => {
    const add = tags.filter((each) => !common.includes(each))
    const remove = common.filter((each) => !tags.includes(each))
    if (add.length + remove.length === 0) onClose()
    else tag.mutate({ ids: items.map(({ id }) => id), add, remove }, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={items.length === 1 ? t('tags.one') : t('tags.many', { count: items.length })}
      centered
    >
      <Form
        action={t('tags.save')}
        pending={tag.isPending}
        error={tag.error}
        onSubmit={submit}
        onCancel={onClose}
      >
        <TagsInput
          label={items.length === 1 ? t('tags.one') : t('tags.common')}
          description={t('tags.says')}
          data={known}
          splitChars={[',', '\n']}
          maxTags={20}
          maxLength={50}
          acceptValueOnBlur
          // Only once something is typed: the suggestions cover the title.
          openOnFocus={false}
          dropdownOpened={suggesting}
          onDropdownOpen={() => setSuggesting(true)}
          onDropdownClose={() => setSuggesting(false)}
          onSearchChange={(typed) => setSuggesting(typed !== '')}
          // Below the field it would cover the button that saves.
          comboboxProps={{ position: 'top' }}
          value={tags}
          onChange={(all) => setTags(all.map((tag) => tag.trim()).filter(Boolean))}
          data-autofocus
        />
      </Form>
    </Modal>
  )
}

const commonTags = ([first, ...others]: readonly Pick<Item, 'tags'>[]): string[] =>
  (first?.tags ?? []).filter((tag) => others.every(({ tags }) => tags.includes(tag)))

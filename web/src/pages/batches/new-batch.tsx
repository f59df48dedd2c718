import { Fieldset, NumberInput, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { MOST_ITEMS, MOST_LISTED, USUAL_LIMIT } from '../../../../src/contract/batch-limits.ts'
import type { BatchReply, CreateBatchBody, PreviewBatchReply } from '../../../../src/contract/batches.ts'
import { Form } from '../parts/form.tsx'
import { linksIn } from '../transcribe/links.ts'
import type { Wishes } from '../transcribe/wishes.ts'
import { usePreview } from './data.ts'
import { Options } from './options.tsx'
import { Preview } from './preview.tsx'

interface NewBatchProps {
  onCreated(batch: BatchReply): void
  onCancel(): void
}

/** What is typed, until it has been looked at; then what it is and costs, before it starts. */
export function NewBatch({ onCreated, onCancel }: NewBatchProps) {
  const [typed, setTyped] = useState<Typed>(NOTHING)
  const [asked, setAsked] = useState<{ body: CreateBatchBody; found: PreviewBatchReply }>()
  if (asked) return <Preview {...asked} onCreated={onCreated} onBack={() => setAsked(undefined)} />
  return (
    <Ask
      typed={typed}
      onChange={setTyped}
      onAsked={(body, found) => setAsked({ body, found })}
      onCancel={onCancel}
    />
  )
}

interface Typed {
  from: 'links' | 'list'
  text: string
  url: string
  limit: number | ''
  name: string
  wishes: Wishes
}

const NOTHING: Typed = { from: 'links', text: '', url: '', limit: USUAL_LIMIT, name: '', wishes: {} }

interface AskProps {
  typed: Typed
  onChange(typed: Typed): void
  onAsked(body: CreateBatchBody, found: PreviewBatchReply): void
  onCancel(): void
}

function Ask({ typed, onChange, onAsked, onCancel }: AskProps) {
  const t = useTranslations('batches.form')
  const preview = usePreview()
  const { from, text, name, wishes } = typed
  const { links } = linksIn(text)
  const change = (some: Partial<Typed>): void => {
    preview.reset()
    onChange({ ...typed, ...some })
  }
  const body = bodyOf(typed, links)
  return (
    <Form
      action={t('look')}
      pending={preview.isPending}
      error={preview.error}
      disabled={body === undefined}
      onSubmit={() => body && preview.mutate(body, { onSuccess: (found) => onAsked(body, found) })}
      onCancel={onCancel}
    >
      <SegmentedControl
        aria-label={t('from')}
        value={from}
        data={[
          { value: 'links', label: t('links') },
          { value: 'list', label: t('list') },
        ]}
        onChange={(chosen) => change({ from: chosen as Typed['from'] })}
      />
      {from === 'links' ? (
        <Textarea
          label={t('paste')}
          description={t('pasteSay', { most: MOST_ITEMS })}
          rows={6}
          value={text}
          error={links.length > MOST_ITEMS && t('tooMany', { count: links.length, most: MOST_ITEMS })}
          onChange={({ currentTarget }) => change({ text: currentTarget.value })}
          data-autofocus
        />
      ) : (
        <ListFields typed={typed} onChange={change} />
      )}
      {from === 'links' && (
        <Text size="sm" c="dimmed" role="status">
          {t('found', { count: links.length })}
        </Text>
      )}
      <TextInput
        label={t('name')}
        {...(from === 'list' && { description: t('nameSay') })}
        maxLength={300}
        value={name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <Fieldset legend={t('options')}>
        <Options wishes={wishes} onChange={(chosen) => change({ wishes: chosen })} />
      </Fieldset>
    </Form>
  )
}

interface FieldsProps {
  typed: Typed
  onChange(some: Partial<Typed>): void
}

function ListFields({ typed: { url, limit }, onChange }: FieldsProps) {
  const t = useTranslations('batches.form')
  return (
    <Stack>
      <TextInput
        type="url"
        label={t('url')}
        description={t('urlSay')}
        placeholder="https://www.youtube.com/@channel"
        value={url}
        onChange={({ currentTarget }) => onChange({ url: currentTarget.value })}
        data-autofocus
      />
      <NumberInput
        label={t('limit')}
        description={t('limitSay', { most: MOST_LISTED })}
        min={1}
        max={MOST_LISTED}
        clampBehavior="strict"
        allowDecimal={false}
        value={limit}
        onChange={(value) => onChange({ limit: value === '' ? '' : Number(value) })}
        maw={240}
      />
    </Stack>
  )
}

/** @returns undefined while something is missing */
function bodyOf({ from, url, limit, name, wishes }: Typed, links: string[]): CreateBatchBody | undefined {
  const all = { ...(name.trim() && { name: name.trim() }), ...wishes }
  if (from === 'links') {
    if (links.length === 0 || links.length > MOST_ITEMS) return undefined
    return { items: links, ...all }
  }
  if (url.trim() === '' || limit === '') return undefined
  return { url: url.trim(), limit, ...all }
}

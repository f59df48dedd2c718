import { Button, Checkbox, CloseButton, Group, Stack, Text, TextInput } from '@mantine/core'
import type { Dispatch, KeyboardEvent } from 'react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Found } from './editor/find.ts'
import type { Action } from './editor/history.ts'
import type { Segments } from './editor/segments.ts'
import type { Find } from './use-find.ts'

interface FindBarProps {
  find: Find
  segments: Segments
  /** Undefined: there is only reading. */
  dispatch: Dispatch<Action> | undefined
}

export function FindBar({ find, segments, dispatch }: FindBarProps) {
  const t = useTranslations('transcript')
  const { search, found, index, look } = find
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') find.setOpen(false)
    if (event.key !== 'Enter') return
    event.preventDefault()
    if (event.shiftKey) find.previous()
    else find.next()
  }
  return (
    <search>
      <Group gap="xs" align="center">
        <TextInput
          flex="1 1 12rem"
          size="sm"
          aria-label={t('find.label')}
          placeholder={t('toolbar.find')}
          value={search.text}
          // Words that came with the address are there to be read first.
          autoFocus={search.text === ''}
          onChange={({ currentTarget }) => look({ text: currentTarget.value })}
          onKeyDown={onKey}
        />
        <Text size="sm" c="dimmed" miw="4.5rem" role="status">
          {search.text === ''
            ? ''
            : found.length === 0
              ? t('find.none')
              : t('find.place', { place: index + 1, count: found.length })}
        </Text>
        <Group gap={4} wrap="nowrap">
          <Button size="xs" variant="default" onClick={find.previous} disabled={found.length === 0}>
            {t('find.previous')}
          </Button>
          <Button size="xs" variant="default" onClick={find.next} disabled={found.length === 0}>
            {t('find.next')}
          </Button>
          <CloseButton aria-label={t('find.close')} onClick={() => find.setOpen(false)} />
        </Group>
      </Group>
      {dispatch && <Replace find={find} segments={segments} dispatch={dispatch} />}
      <Group gap="md" mt="xs">
        <Checkbox
          size="xs"
          label={t('find.matchCase')}
          checked={search.matchCase ?? false}
          onChange={({ currentTarget }) => look({ matchCase: currentTarget.checked })}
        />
        <Checkbox
          size="xs"
          label={t('find.wholeWords')}
          checked={search.wholeWords ?? false}
          onChange={({ currentTarget }) => look({ wholeWords: currentTarget.checked })}
        />
      </Group>
    </search>
  )
}

interface ReplaceProps {
  find: Find
  segments: Segments
  dispatch: Dispatch<Action>
}

const PREVIEWED = 3

function Replace({ find: { search, found, current }, segments, dispatch }: ReplaceProps) {
  const t = useTranslations('transcript')
  const [by, setBy] = useState('')
  const [done, setDone] = useState<number>()
  const replaceOne = (): void => {
    const text = current && segments[current.at]?.text
    if (!current || text === undefined) return
    const replaced = text.slice(0, current.from) + by + text.slice(current.to)
    dispatch({ kind: 'text', at: current.at, text: replaced })
  }
  const replaceAll = (): void => {
    setDone(found.length)
    dispatch({ kind: 'replaceAll', search, by })
  }
  const undo = (): void => {
    setDone(undefined)
    dispatch({ kind: 'undo' })
  }
  return (
    <>
      <Group gap="xs" mt="xs">
        <TextInput
          flex="1 1 12rem"
          size="sm"
          aria-label={t('find.replaceWith')}
          placeholder={t('find.replaceWith')}
          value={by}
          onChange={({ currentTarget }) => {
            setBy(currentTarget.value)
            setDone(undefined)
          }}
        />
        <Button size="xs" variant="default" disabled={!current} onClick={replaceOne}>
          {t('find.replace')}
        </Button>
        <Button size="xs" variant="default" disabled={found.length === 0} onClick={replaceAll}>
          {found.length > 0 ? t('find.replaceAllOf', { count: found.length }) : t('find.replaceAll')}
        </Button>
      </Group>
      {done !== undefined && (
        <Group gap="xs" mt="xs" role="status">
          <Text size="sm">{t('find.replaced', { count: done })}</Text>
          <Button size="compact-xs" variant="default" onClick={undo}>
            {t('find.undo')}
          </Button>
        </Group>
      )}
      {by !== '' && done === undefined && (
        <Stack gap={2} mt="xs" component="section" aria-label={t('find.preview')}>
          {found.slice(0, PREVIEWED).map((place) => (
            <Preview
              key={`${place.at} ${place.from}`}
              text={segments[place.at]?.text ?? ''}
              place={place}
              by={by}
            />
          ))}
          {found.length > PREVIEWED && (
            <Text size="xs" c="dimmed">
              {t('find.more', { count: found.length - PREVIEWED })}
            </Text>
          )}
        </Stack>
      )}
    </>
  )
}

/** Letters on both sides of what is replaced. */
const AROUND = 30

const Preview = ({ text, place: { from, to }, by }: { text: string; place: Found; by: string }) => (
  <Text size="sm" dir="auto" truncate>
    {from > AROUND && '…'}
    {text.slice(Math.max(0, from - AROUND), from)}
    <del>{text.slice(from, to)}</del> <ins>{by}</ins>
    {text.slice(to, to + AROUND)}
    {to + AROUND < text.length && '…'}
  </Text>
)

import { Button, Group, Stack, TextInput } from '@mantine/core'
import { type Dispatch, type KeyboardEvent, memo, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { clock, parseClock } from './clock.ts'
import type { Action } from './editor/history.ts'
import type { Segment, Segments } from './editor/segments.ts'
import { endProblem, startProblem } from './editor/times.ts'
import type { Moments } from './moment.tsx'
import classes from './transcript.module.css'
import type { LineActions } from './use-line-actions.ts'

interface LineToolsProps {
  segments: Segments
  speakers: readonly string[]
  at: number
  /** Of the recording, seconds. */
  length: number | undefined
  moments: Moments
  actions: LineActions
  dispatch: Dispatch<Action>
  onComment(): void
}

/** What else can be done to the line that is worked on. Letters that are typed in it change nothing here. */
export const LineTools = memo(function LineTools(props: LineToolsProps) {
  const { segments, speakers, at, length, moments, dispatch } = props
  const t = useTranslations('transcript')
  const segment = segments[at]
  if (!segment) return null
  const { start, end, speaker = '', key } = segment
  const now = moments.kind === 'play' ? moments.playhead.now : undefined
  return (
    <Stack
      gap="xs"
      className={classes.tools}
      component="section"
      aria-label={t('line.label', { line: String(at + 1) })}
    >
      <Group gap="xs" align="start">
        <TimeField
          key={`start ${key} ${start}`}
          label={t('line.start')}
          seconds={start}
          now={now}
          problemOf={(seconds) => startProblem(segments, at, seconds)}
          onTime={(seconds) => dispatch({ kind: 'times', at, start: seconds, end })}
        />
        <TimeField
          key={`end ${key} ${end}`}
          label={t('line.end')}
          seconds={end}
          now={now}
          problemOf={(seconds) => endProblem(segments, at, seconds, length)}
          onTime={(seconds) => dispatch({ kind: 'times', at, start, end: seconds })}
        />
        <Field
          key={`speaker ${key} ${speaker}`}
          label={t('line.speaker')}
          value={speaker}
          suggestions={speakers}
          onValue={(name) => dispatch({ kind: 'speaker', at, speaker: name })}
        />
      </Group>
      <LineButtons {...props} />
    </Stack>
  )
}, alike)

function alike(before: LineToolsProps, now: LineToolsProps): boolean {
  const { segments: old, ...rest } = before
  const { segments, at } = now
  if (Object.entries(rest).some(([name, value]) => now[name as keyof typeof rest] !== value)) return false
  return old.length === segments.length && [at - 1, at, at + 1].every((k) => timesAlike(old[k], segments[k]))
}

const timesAlike = (one: Segment | undefined, other: Segment | undefined): boolean =>
  one === other ||
  (one?.key === other?.key &&
    one?.start === other?.start &&
    one?.end === other?.end &&
    one?.speaker === other?.speaker)

function LineButtons({ segments, at, actions, onComment }: LineToolsProps) {
  const t = useTranslations('transcript')
  const small = { size: 'compact-xs', variant: 'default' } as const
  return (
    <Group gap={4}>
      <Button {...small} onClick={actions.splitHere}>
        {t('line.split')}
      </Button>
      <Button {...small} onClick={actions.mergePrevious} disabled={at === 0}>
        {t('line.joinAbove')}
      </Button>
      <Button {...small} onClick={actions.mergeNext} disabled={at + 1 >= segments.length}>
        {t('line.joinBelow')}
      </Button>
      <Button {...small} onClick={actions.remove}>
        {t('line.remove')}
      </Button>
      <Button {...small} onClick={onComment}>
        {t('quote.comment')}
      </Button>
    </Group>
  )
}

interface TimeFieldProps {
  label: string
  seconds: number
  /** Where the player is; undefined: there is none. */
  now: (() => number) | undefined
  problemOf(seconds: number): string | undefined
  onTime(seconds: number): void
}

function TimeField({ label, seconds, now, problemOf, onTime }: TimeFieldProps) {
  const t = useTranslations('transcript')
  const [offered, setOffered] = useState(clock(seconds, { decimals: true }))
  const problem = (text: string): string | undefined => {
    const time = parseClock(text)
    return time === undefined ? t('line.noTime') : problemOf(time)
  }
  return (
    <Group gap={2} align="end" wrap="nowrap">
      <Field
        key={offered}
        label={label}
        value={clock(seconds, { decimals: true })}
        offered={offered}
        problemOf={problem}
        onValue={(text) => onTime(parseClock(text) ?? seconds)}
      />
      {now && (
        <Button
          size="xs"
          variant="subtle"
          px={6}
          aria-label={t('line.nowSays', { field: label })}
          onClick={() => {
            if (problemOf(now()) === undefined) onTime(now())
            else setOffered(clock(now(), { decimals: true }))
          }}
        >
          {t('line.now')}
        </Button>
      )}
    </Group>
  )
}

interface FieldProps {
  label: string
  value: string
  /** What stands there at first, where it is not the value. */
  offered?: string
  suggestions?: readonly string[]
  /** Why it cannot be that. */
  problemOf?(text: string): string | undefined
  onValue(text: string): void
}

/** Takes effect when it is left, or with Enter, unless it cannot be; Escape takes it back. */
function Field({ label, value, offered = value, suggestions, problemOf, onValue }: FieldProps) {
  const [text, setText] = useState(offered)
  const list = useId()
  const problem = text === value ? undefined : problemOf?.(text)
  const commit = (): void => {
    if (text !== value && problem === undefined) onValue(text)
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') commit()
    if (event.key === 'Escape') setText(value)
  }
  return (
    <>
      <TextInput
        label={label}
        size="xs"
        w={suggestions ? 140 : 92}
        value={text}
        error={problem}
        styles={{ error: { width: 150, fontSize: 'var(--mantine-font-size-xs)' } }}
        {...(suggestions && { list })}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={commit}
        onKeyDown={onKey}
      />
      {suggestions && (
        <datalist id={list}>
          {suggestions.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </>
  )
}

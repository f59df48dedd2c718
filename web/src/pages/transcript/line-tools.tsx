import { Button, Group, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { clock, parseClock } from './clock.ts'
import { speakersOf } from './editor/segments.ts'
import type { LineEditorProps } from './line-editor.tsx'
import classes from './transcript.module.css'

interface LineToolsProps extends LineEditorProps {
  splitHere(): void
  mergePrevious(): void
  mergeNext(): void
  remove(): void
}

/** What else can be done to the segment at hand. */
export function LineTools(props: LineToolsProps) {
  const { segment, at, all, dispatch, moments, splitHere, mergePrevious, mergeNext, remove } = props
  const { start, end } = segment
  const now = moments.kind === 'play' ? moments.playhead.now : undefined
  const small = { size: 'compact-xs', variant: 'default' } as const
  return (
    <Group className={classes.tools} gap="xs" align="end">
      <TimeField
        label="Start"
        seconds={start}
        now={now}
        onTime={(seconds) => dispatch({ kind: 'times', at, start: seconds, end: Math.max(end, seconds) })}
      />
      <TimeField
        label="End"
        seconds={end}
        now={now}
        onTime={(seconds) => dispatch({ kind: 'times', at, start, end: seconds })}
      />
      <Field
        key={`speaker ${segment.speaker ?? ''}`}
        label="Speaker"
        value={segment.speaker ?? ''}
        suggestions={speakersOf(all())}
        onValue={(speaker) => dispatch({ kind: 'speaker', at, speaker })}
      />
      <Group gap={4}>
        <Button {...small} onClick={splitHere}>
          Split at the caret
        </Button>
        <Button {...small} onClick={mergePrevious} disabled={at === 0}>
          Merge with previous
        </Button>
        <Button {...small} onClick={mergeNext} disabled={at + 1 >= all().length}>
          Merge with next
        </Button>
        <Button {...small} onClick={remove}>
          Remove
        </Button>
      </Group>
    </Group>
  )
}

interface TimeFieldProps {
  label: string
  seconds: number
  /** Where the player is; undefined: there is none. */
  now: (() => number) | undefined
  onTime(seconds: number): void
}

function TimeField({ label, seconds, now, onTime }: TimeFieldProps) {
  const shown = clock(seconds, { decimals: true })
  return (
    <Group gap={2} align="end" wrap="nowrap">
      <Field
        key={shown}
        label={label}
        value={shown}
        isValid={(text) => parseClock(text) !== undefined}
        onValue={(text) => onTime(parseClock(text) ?? seconds)}
      />
      {now && (
        <Button
          size="xs"
          variant="subtle"
          px={6}
          aria-label={`${label}: now, where the player is`}
          onClick={() => onTime(now())}
        >
          now
        </Button>
      )}
    </Group>
  )
}

interface FieldProps {
  label: string
  value: string
  suggestions?: string[]
  isValid?(text: string): boolean
  onValue(text: string): void
}

/** Takes effect when it is left, or with Enter; Escape takes it back. */
function Field({ label, value, suggestions, isValid = () => true, onValue }: FieldProps) {
  const [text, setText] = useState(value)
  const wrong = !isValid(text)
  const commit = (): void => {
    if (text === value) return
    if (wrong) setText(value)
    else onValue(text)
  }
  const onKey = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter') commit()
    if (key === 'Escape') setText(value)
  }
  const list = `suggestions-${label}`
  return (
    <>
      <TextInput
        label={label}
        size="xs"
        w={label === 'Speaker' ? 140 : 92}
        value={text}
        error={wrong}
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

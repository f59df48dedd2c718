import { Kbd, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { BACK } from './keys.ts'
import classes from './transcript.module.css'

interface Row {
  keys: ReactNode
  does: string
}

const key = (name: string): ReactNode => <Kbd size="xs">{name}</Kbd>

const PLAYING: Row[] = [
  {
    keys: (
      <>
        {key('Space')} {key('K')}
      </>
    ),
    does: 'play and pause',
  },
  {
    keys: (
      <>
        {key('J')} {key('L')}
      </>
    ),
    does: `${BACK} seconds back, ahead`,
  },
  {
    keys: (
      <>
        {key('←')} {key('→')}
      </>
    ),
    does: '10 seconds back, ahead',
  },
  {
    keys: (
      <>
        {key(',')} {key('.')}
      </>
    ),
    does: 'slower, faster',
  },
  { keys: key('Q'), does: 'copy a link to the selected words' },
]
const EDITING: Row[] = [
  { keys: key('N'), does: 'next doubtful word' },
  {
    keys: (
      <>
        {key('1')}…{key('9')}
      </>
    ),
    does: 'who speaks this line, or the selected words',
  },
]
const WRITING: Row[] = [
  { keys: key('Enter'), does: 'split the line here' },
  { keys: key('⌫'), does: 'at the start: join with the line above' },
  {
    keys: (
      <>
        {key('Ctrl')} {key('Z')}
      </>
    ),
    does: 'undo',
  },
  { keys: key('Esc'), does: 'leave the text' },
]

export function KeyHelp({ editing }: { editing: boolean }) {
  return (
    <details className={classes.keys}>
      <summary>Keyboard shortcuts</summary>
      <Keys rows={editing ? [...PLAYING, ...EDITING] : PLAYING} />
      {editing && (
        <>
          <Text size="xs" c="dimmed" mt="xs">
            While you are typing, hold Alt for the letters and numbers above. In the text:
          </Text>
          <Keys rows={WRITING} />
        </>
      )}
    </details>
  )
}

const Keys = ({ rows }: { rows: Row[] }) => (
  <dl>
    {rows.map(({ keys, does }) => (
      <div key={does}>
        <dt>{keys}</dt>
        <dd>{does}</dd>
      </div>
    ))}
  </dl>
)

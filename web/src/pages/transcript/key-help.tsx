import { Kbd, Text } from '@mantine/core'
import { Fragment, memo, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Messages } from '../../i18n/messages.ts'
import { BACK, FAR } from './keys.ts'
import classes from './transcript.module.css'

interface Row {
  keys: ReactNode
  does: Keys
}

type Keys = Exclude<keyof Messages['transcript']['keys'], 'title' | 'typing' | 'skip'> | { skip: number }

/** @param between what stands between two of them */
const keys = (names: readonly string[], between = ' '): ReactNode =>
  names.map((name, k) => (
    <Fragment key={name}>
      {k > 0 && between}
      <Kbd size="xs">{name}</Kbd>
    </Fragment>
  ))

const PLAYING: Row[] = [
  { keys: keys(['Space', 'K']), does: 'play' },
  { keys: keys(['J', 'L']), does: { skip: BACK } },
  { keys: keys(['←', '→']), does: { skip: FAR } },
  { keys: keys([',', '.']), does: 'speed' },
  { keys: keys(['Q']), does: 'quote' },
]
const EDITING: Row[] = [
  { keys: keys(['N']), does: 'doubt' },
  { keys: keys(['1', '9'], '…'), does: 'speaker' },
  { keys: keys(['C']), does: 'comment' },
]
const WRITING: Row[] = [
  { keys: keys(['Enter']), does: 'split' },
  { keys: keys(['⌫']), does: 'join' },
  { keys: keys(['Ctrl', 'Z']), does: 'undo' },
  { keys: keys(['Esc']), does: 'leave' },
]

export const KeyHelp = memo(function KeyHelp({ editing }: { editing: boolean }) {
  const t = useTranslations('transcript')
  return (
    <details className={classes.keys}>
      <summary>{t('keys.title')}</summary>
      <Keys rows={editing ? [...PLAYING, ...EDITING] : PLAYING} />
      {editing && (
        <>
          <Text size="xs" c="dimmed" mt="xs">
            {t('keys.typing')}
          </Text>
          <Keys rows={WRITING} />
        </>
      )}
    </details>
  )
})

function Keys({ rows }: { rows: Row[] }) {
  const t = useTranslations('transcript.keys')
  return (
    <dl>
      {rows.map(({ keys, does }) => {
        const words = typeof does === 'string' ? t(does) : t('skip', { count: does.skip })
        return (
          <div key={words}>
            <dt>{keys}</dt>
            <dd>{words}</dd>
          </div>
        )
      })}
    </dl>
  )
}

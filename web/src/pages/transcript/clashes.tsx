import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { type Dispatch, memo } from 'react'
import { useTranslations } from 'use-intl'
import { clock } from './clock.ts'
import type { Clash } from './editor/changes.ts'
import type { Action } from './editor/history.ts'
import type { Segments } from './editor/segments.ts'

interface ClashesProps {
  clashes: readonly Clash[]
  dispatch: Dispatch<Action>
}

/** Lines that somebody else changed as well, and how they differ. */
export const Clashes = memo(function Clashes({ clashes, dispatch }: ClashesProps) {
  const t = useTranslations('transcript')
  return clashes.map((clash, k) => {
    const start = (clash.theirs[0] ?? clash.mine[0] ?? clash.base[0])?.start ?? 0
    return (
      <Alert
        // Two of the same line are told apart by their order.
        // biome-ignore lint/suspicious/noArrayIndexKey: a clash has no name of its own
        key={`${start} ${k}`}
        color="orange"
        role="alert"
        title={t('clash.title', { time: clock(start) })}
      >
        <Stack gap="xs" align="start">
          <Version name={t('clash.yours')} lines={clash.mine} />
          <Version name={t('clash.theirs')} lines={clash.theirs} />
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              onClick={() => dispatch({ kind: 'settle', clash, mine: true })}
            >
              {t('clash.useMine')}
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => dispatch({ kind: 'settle', clash, mine: false })}
            >
              {t('clash.keepTheirs')}
            </Button>
          </Group>
        </Stack>
      </Alert>
    )
  })
})

const Version = ({ name, lines }: { name: string; lines: Segments }) => {
  const t = useTranslations('transcript')
  return (
    <Text size="sm" component="div">
      <strong>{name}:</strong>{' '}
      <span dir="auto">{lines.length === 0 ? t('clash.removed') : lines.map(said).join(' / ')}</span>
    </Text>
  )
}

const said = ({ speaker, text, start, end }: Segments[number]): string =>
  `${speaker ? `${speaker}: ` : ''}${text.trim()} (${clock(start, { decimals: true })}–${clock(end, { decimals: true })})`

import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { useEdit, useOriginal } from './data.ts'
import { keyed } from './editor/segments.ts'
import type { Moments } from './moment.tsx'
import type { Playhead } from './playhead.ts'
import { Reader } from './reader.tsx'
import { useLines } from './use-lines.ts'

interface OriginalProps {
  id: string
  version: number
  playhead: Playhead
  moments: Moments
  onClose(): void
  onReverted(): void
}

/** What was recognised, before anybody edited it. It is kept whatever is saved. */
export function Original({ id, version, playhead, moments, onClose, onReverted }: OriginalProps) {
  const t = useTranslations('transcript')
  const original = useOriginal(id, true)
  const edit = useEdit(id)
  const [asking, setAsking] = useState(false)
  return (
    <Stack>
      <Alert title={t('original.title')} color="gray">
        <Stack gap="sm" align="start">
          <Text size="sm">{t('original.says')}</Text>
          <Group gap="xs">
            <Button size="xs" onClick={onClose}>
              {t('original.back')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              {t('original.restore')}
            </Button>
          </Group>
        </Stack>
      </Alert>
      <Confirm
        opened={asking}
        title={t('original.ask')}
        action={t('inBin.restore')}
        onClose={() => setAsking(false)}
        run={async () => {
          await edit.mutateAsync({ revert: true, version })
          onReverted()
        }}
      >
        {t('original.lost')}
      </Confirm>
      <Loaded query={original} failed={t('original.failed')}>
        {(reply) => <OriginalText reply={reply} playhead={playhead} moments={moments} />}
      </Loaded>
    </Stack>
  )
}

function OriginalText({
  reply,
  playhead,
  moments,
}: {
  reply: TranscriptionReply
  playhead: Playhead
  moments: Moments
}) {
  const [segments] = useState(() => keyed(reply.transcript?.segments ?? []))
  const state = useLines(segments, playhead)
  return (
    <Reader
      {...{ segments, state, playhead, moments }}
      marksOf={noMarks}
      lang={reply.transcript?.language ?? undefined}
    />
  )
}

const NO_MARKS: never[] = []
const noMarks = () => NO_MARKS

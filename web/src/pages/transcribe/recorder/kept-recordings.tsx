import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Confirm } from '../../parts/confirm.tsx'
import { When } from '../../parts/when.tsx'
import { bytesWords, clock } from '../../parts/words.ts'
import { discard, take } from './kept.ts'
import classes from './recorder.module.css'
import type { Recording } from './store.ts'
import { useSound } from './use-sound.ts'

interface KeptRecordingsProps {
  recordings: readonly Recording[]
  onUse(file: File, length: number): void
  /** A row goes, with the button that did it. */
  onGone(): void
}

export function KeptRecordings({ recordings, onUse, onGone }: KeptRecordingsProps) {
  const t = useTranslations('record')
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <Title order={3} size="h6" id={id}>
        {t('left.title')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t('left.says')}
      </Text>
      <Stack component="ul" gap="sm" className={classes.list}>
        {recordings.map((recording) => (
          <KeptRecording key={recording.id} recording={recording} onUse={onUse} onGone={onGone} />
        ))}
      </Stack>
    </section>
  )
}

interface KeptRecordingProps {
  recording: Recording
  onUse(file: File, length: number): void
  onGone(): void
}

function KeptRecording({ recording, onUse, onGone }: KeptRecordingProps) {
  const t = useTranslations('record')
  const [isHeard, setHeard] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const { name, seconds, bytes, startedAt } = recording
  const use = async (): Promise<void> => {
    const file = await take(recording)
    if (file) onUse(file, seconds)
    onGone()
  }
  return (
    <li aria-label={name}>
      <Group justify="space-between" gap="xs">
        <div style={{ flex: '1 1 12rem', overflowWrap: 'anywhere' }}>
          <Text size="sm">{name}</Text>
          <Text size="sm" c="dimmed">
            {clock(seconds)} · {bytesWords(bytes)} · <When at={startedAt} />
          </Text>
        </div>
        <Group gap="xs">
          <Button size="xs" onClick={() => void use()} aria-label={t('left.useNamed', { name })}>
            {t('left.use')}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-expanded={isHeard}
            aria-label={t('left.listenNamed', { name })}
            onClick={() => setHeard(!isHeard)}
          >
            {t('left.listen')}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={t('left.deleteNamed', { name })}
            onClick={() => setAsking(true)}
          >
            {t('left.delete')}
          </Button>
        </Group>
      </Group>
      {isHeard && <Listen recording={recording} />}
      <Confirm
        opened={isAsking}
        title={t('left.ask')}
        action={t('left.deleteForGood')}
        run={() => discard(recording).then(onGone)}
        onClose={() => setAsking(false)}
      >
        {t('left.gone', { name })}
      </Confirm>
    </li>
  )
}

/** Plays it, and gives it away as a file: for those whom the server refuses it. */
function Listen({ recording }: { recording: Recording }) {
  const t = useTranslations('record')
  const { url, failed } = useSound(recording)
  if (failed)
    return (
      <Text size="sm" c="red" role="alert">
        {t('left.unreadable')}
      </Text>
    )
  return (
    url && (
      <Stack gap={4} mt="xs">
        {/* biome-ignore lint/a11y/useMediaCaption: nobody has heard it yet */}
        <audio controls src={url} className={classes.player} aria-label={recording.name} />
        <Anchor href={url} download={recording.name} size="sm">
          {t('left.save')}
        </Anchor>
      </Stack>
    )
  )
}

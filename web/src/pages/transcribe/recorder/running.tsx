import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { clock } from '../../parts/words.ts'
import { Meter } from './meter.tsx'
import classes from './recorder.module.css'
import { pauseRecording, type RecorderState, resumeRecording, stopRecording } from './recorder.ts'
import { useElapsed } from './use-elapsed.ts'

type RunningRecorder = Extract<RecorderState, { kind: 'recording' }>

/** The recording that is being made. */
export function Running({ recorder }: { recorder: RunningRecorder }) {
  const t = useTranslations('record')
  const pause = useRef<HTMLButtonElement>(null)
  const seconds = useElapsed(recorder.watch)
  const isPaused = recorder.watch.since === null
  // The button that began it is gone.
  useEffect(() => pause.current?.focus(), [])
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <span className={classes.dot} data-paused={isPaused || undefined} aria-hidden="true" />
        <Text size="sm" fw={600} role="status">
          {isPaused ? t('paused') : t(`recording.${recorder.source}`)}
        </Text>
        <Text size="sm" className={classes.time} role="timer" aria-label={t('length')}>
          {clock(seconds)}
        </Text>
      </Group>
      <Meter level={recorder.level} isPaused={isPaused} source={recorder.source} />
      <Group gap="xs">
        <Button ref={pause} variant="default" onClick={isPaused ? resumeRecording : pauseRecording}>
          {isPaused ? t('resume') : t('pause')}
        </Button>
        <Button onClick={stopRecording}>{t('stop')}</Button>
      </Group>
      {recorder.isKept ? (
        <Text size="xs" c="dimmed">
          {t('keeping')}
        </Text>
      ) : (
        <Alert color="orange" role="alert" title={t('notKept.title')}>
          {t('notKept.text')}
        </Alert>
      )}
    </Stack>
  )
}

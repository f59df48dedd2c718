import { Button, Group, Text, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useSession } from '../../../session.ts'
import { clock } from '../../parts/words.ts'
import classes from './recorder.module.css'
import { type RecorderState, stopRecording, useRecorder } from './recorder.ts'
import { useElapsed } from './use-elapsed.ts'

/** On the other pages: that a recording goes on, and the way back to one that has ended. */
export function RecordingBar() {
  const t = useTranslations('record')
  const { user } = useSession()
  const recorder = useRecorder()
  const isReady = recorder.kind === 'done' && recorder.userId === user.id
  return (
    <Group gap="xs" wrap="nowrap">
      {recorder.kind === 'recording' && <Going recorder={recorder} />}
      <VisuallyHidden role="status">{isReady && t('elsewhere.ready')}</VisuallyHidden>
      {isReady && (
        <Button size="compact-sm" component={Link} to="/">
          {t('elsewhere.transcribe')}
        </Button>
      )}
    </Group>
  )
}

function Going({ recorder }: { recorder: Extract<RecorderState, { kind: 'recording' }> }) {
  const t = useTranslations('record')
  const seconds = useElapsed(recorder.watch)
  const isPaused = recorder.watch.since === null
  return (
    <>
      <span className={classes.dot} data-paused={isPaused || undefined} aria-hidden="true" />
      <VisuallyHidden role="status">
        {isPaused ? t('paused') : t(`recording.${recorder.source}`)}
      </VisuallyHidden>
      <Text size="sm" className={classes.time} role="timer" aria-label={t('length')}>
        {clock(seconds)}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('stop')}
        title={t('stop')}
        onClick={stopRecording}
      >
        <span className={classes.stop} aria-hidden="true" />
      </Button>
    </>
  )
}

import { Alert, Group, Text } from '@mantine/core'
import { type Ref, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSession } from '../../../session.ts'
import type { Source } from './problem.ts'
import { type RecorderState, startRecording } from './recorder.ts'
import { Running } from './running.tsx'
import { SourceButtons } from './source-buttons.tsx'

interface RecordPanelProps {
  panelRef: Ref<HTMLDivElement>
  recorder: RecorderState
}

/** Begins recordings, and shows the one that is being made. */
export function RecordPanel({ panelRef, recorder }: RecordPanelProps) {
  const t = useTranslations('record')
  const { user } = useSession()
  const first = useRef<HTMLButtonElement>(null)
  const [microphoneId, setMicrophoneId] = useState<string>()
  const isRecording = recorder.kind === 'recording'
  const wasRecording = useRef(isRecording)
  useEffect(() => {
    if (isRecording) wasRecording.current = true
    if (recorder.kind !== 'idle' || !wasRecording.current) return
    // The button that stopped it is gone.
    wasRecording.current = false
    first.current?.focus()
  }, [isRecording, recorder.kind])
  const start = (source: Source): void =>
    void startRecording({ source, userId: user.id, title: t('fileName'), microphoneId })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame and knows no description
    <div ref={panelRef} tabIndex={-1} role="group" aria-label={t('label')}>
      {isRecording ? (
        <Running recorder={recorder} />
      ) : (
        <>
          <Text size="sm" fw={600}>
            {t('label')}
          </Text>
          <Text size="xs" c="dimmed" mb={5}>
            {t('kept')}
          </Text>
          <Group gap="xs">
            <SourceButtons
              firstRef={first}
              asking={recorder.kind === 'asking' ? recorder.source : undefined}
              isBusy={recorder.kind !== 'idle'}
              microphoneId={microphoneId}
              onMicrophone={setMicrophoneId}
              onStart={start}
            />
          </Group>
        </>
      )}
      <Text role="status" size="sm" c="dimmed" mt={5}>
        {recorder.kind === 'asking' && t(`asking.${recorder.source === 'microphone' ? 'microphone' : 'tab'}`)}
      </Text>
      {recorder.kind === 'idle' && recorder.problem && (
        <Alert color="orange" role="alert" title={t('problemTitle')} mt="xs">
          {t(`problem.${recorder.problem}`)}
        </Alert>
      )}
    </div>
  )
}

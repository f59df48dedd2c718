import { Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { View } from '../use-view.ts'
import { Speakers } from './speakers.tsx'
import { TellAgain } from './tell-again.tsx'

/** @param untitled what they are in says what they are */
export function SpeakerCards({ view, untitled = false }: { view: View; untitled?: boolean }) {
  const t = useTranslations('transcript')
  const { speakers, segments, moments, transcript, now, mediaId, elsewhere, transcription } = view
  return (
    <Speakers names={speakers} {...{ segments, moments, untitled, dispatch: transcript.dispatch }}>
      {mediaId !== undefined && (
        <TellAgain {...{ id: transcription.id, transcript }} count={speakers.length} version={now.version} />
      )}
      {elsewhere && (
        <Text size="xs" c="dimmed">
          {t('voices.notStored')}
        </Text>
      )}
    </Speakers>
  )
}

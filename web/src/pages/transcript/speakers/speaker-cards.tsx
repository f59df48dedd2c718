import { Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { View } from '../use-view.ts'
import { Speakers } from './speakers.tsx'
import { TellAgain } from './tell-again.tsx'

export function SpeakerCards({ view }: { view: View }) {
  const t = useTranslations('transcript')
  const { speakers, segments, moments, transcript, now, mediaId, elsewhere, transcription } = view
  return (
    <Speakers names={speakers} {...{ segments, moments, dispatch: transcript.dispatch }}>
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

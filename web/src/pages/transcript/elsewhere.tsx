import { Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { momentOn } from '../../../../src/contract/moment-on.ts'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { sourceName } from '../parts/words.ts'

/** In the player's place, where the recording is not here: where it is, and what a time does. */
export function Elsewhere({ source }: Pick<TranscriptionReply, 'source'>) {
  const t = useTranslations('transcript')
  if (source.kind === 'media')
    return (
      <Text size="sm" c="dimmed">
        {t('elsewhere.gone')}
      </Text>
    )
  const platform = source.kind === 'link' ? sourceName(source.platform) : undefined
  return (
    <Text size="sm" c="dimmed">
      {platform ? t('elsewhere.on', { platform }) : t('elsewhere.gone')}{' '}
      {momentOn(source)
        ? t('elsewhere.openThere')
        : platform
          ? t('elsewhere.noMoments', { platform })
          : t('elsewhere.noMomentsSite')}
    </Text>
  )
}

import { Text } from '@mantine/core'
import { momentOn } from '../../../../src/contract/moment-on.ts'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { sourceName } from '../parts/words.ts'

/** In the player's place, where the recording is not here: where it is, and what a time does. */
export function Elsewhere({ source }: Pick<TranscriptionReply, 'source'>) {
  if (source.kind === 'media')
    return (
      <Text size="sm" c="dimmed">
        The recording is no longer stored here.
      </Text>
    )
  const platform = source.kind === 'link' ? sourceName(source.platform) : undefined
  return (
    <Text size="sm" c="dimmed">
      {platform ? `The recording is on ${platform}, not here.` : 'The recording is no longer stored here.'}{' '}
      {momentOn(source)
        ? 'Click a time to open it there, at that moment.'
        : `${platform} cannot be opened at a moment: the times tell where to look.`}
    </Text>
  )
}

import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { BACK, RATES } from './keys.ts'
import { type Playhead, usePlayhead } from './playhead.ts'
import classes from './transcript.module.css'

export interface Media {
  src: string
  video: boolean
  /** WebVTT of the transcript, for the player's own captions. */
  captions: string
  language: string | undefined
}

/** The browser's own player, which every screen reader and phone knows, and the speed beside it. */
export const Player = memo(function Player({ media, playhead }: { media: Media; playhead: Playhead }) {
  const t = useTranslations('transcript')
  const rate = usePlayhead(playhead, playhead.rate)
  const track = (
    <track kind="captions" src={media.captions} srcLang={media.language ?? 'und'} label={t('text')} />
  )
  const common = { ref: playhead.attach, src: media.src, controls: true, preload: 'metadata' } as const
  return (
    <Stack gap="xs">
      {media.video ? (
        <video {...common} className={classes.video} playsInline aria-label={t('player.recording')}>
          {track}
        </video>
      ) : (
        <audio {...common} className={classes.audio} aria-label={t('player.recording')}>
          {track}
        </audio>
      )}
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="default"
          size="xs"
          onClick={() => playhead.skip(-BACK)}
          aria-label={t('player.back', { count: BACK })}
        >
          {t('player.minus', { count: BACK })}
        </Button>
        <Button
          variant="default"
          size="xs"
          onClick={() => playhead.skip(BACK)}
          aria-label={t('player.forward', { count: BACK })}
        >
          {t('player.plus', { count: BACK })}
        </Button>
        <NativeSelect
          ml="auto"
          size="xs"
          aria-label={t('player.speed')}
          value={String(rate)}
          data={RATES.map((value) => ({ value: String(value), label: `${value}×` }))}
          onChange={({ currentTarget: { value } }) => playhead.setRate(Number(value))}
        />
      </Group>
    </Stack>
  )
})

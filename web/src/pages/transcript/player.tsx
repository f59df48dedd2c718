import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { useState } from 'react'
import type { Playhead } from './playhead.ts'
import classes from './transcript.module.css'

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3]
const SKIP = 10

export interface Media {
  src: string
  video: boolean
  /** WebVTT of the transcript, for the player's own captions. */
  captions: string
  language: string | undefined
}

/** The browser's own player, which every screen reader and phone knows, and the speed beside it. */
export function Player({ media, playhead }: { media: Media; playhead: Playhead }) {
  const [rate, setRate] = useState(1)
  const track = (
    <track kind="captions" src={media.captions} srcLang={media.language ?? 'und'} label="Transcript" />
  )
  const common = { ref: playhead.attach, src: media.src, controls: true, preload: 'metadata' } as const
  return (
    <Stack gap="xs">
      {media.video ? (
        <video {...common} className={classes.video} playsInline aria-label="Recording">
          {track}
        </video>
      ) : (
        <audio {...common} className={classes.audio} aria-label="Recording">
          {track}
        </audio>
      )}
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="default"
          size="xs"
          onClick={() => playhead.skip(-SKIP)}
          aria-label={`Back: −${SKIP} s`}
        >
          −{SKIP} s
        </Button>
        <Button
          variant="default"
          size="xs"
          onClick={() => playhead.skip(SKIP)}
          aria-label={`Forward: +${SKIP} s`}
        >
          +{SKIP} s
        </Button>
        <NativeSelect
          ml="auto"
          size="xs"
          aria-label="Playback speed"
          value={String(rate)}
          data={RATES.map((value) => ({ value: String(value), label: `${value}×` }))}
          onChange={({ currentTarget: { value } }) => {
            setRate(Number(value))
            playhead.setRate(Number(value))
          }}
        />
      </Group>
    </Stack>
  )
}

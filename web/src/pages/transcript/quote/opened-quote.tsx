import { Button, Group, Text } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { clock } from '../clock.ts'
import type { Segments } from '../editor/segments.ts'
import { type Playhead, usePlayhead } from '../playhead.ts'
import classes from './quote.module.css'
import { type Quote, textOfQuote } from './quote.ts'

interface OpenedQuoteProps {
  quote: Quote
  segments: Segments
  /** Undefined: there is nothing to play. */
  playhead: Playhead | undefined
  onClose(): void
}

/** What the address quotes: played where the browser lets a page begin by itself, else by its button. */
export function OpenedQuote({ quote, segments, playhead, onClose }: OpenedQuoteProps) {
  const t = useTranslations('transcript')
  const parts = useTranslations('parts')
  const text = useMemo(() => textOfQuote(segments, quote), [segments, quote])
  useEffect(() => playhead?.playSpan(quote.from, quote.to), [playhead, quote])
  return (
    <section className={classes.quote} aria-label={t('quote.label')}>
      <blockquote dir="auto">{text}</blockquote>
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {clock(quote.from)}–{clock(quote.to)}
        </Text>
        {playhead && <PlayQuote quote={quote} playhead={playhead} />}
        <Button size="xs" variant="default" onClick={onClose}>
          {parts('close')}
        </Button>
      </Group>
    </section>
  )
}

function PlayQuote({ quote: { from, to }, playhead }: { quote: Quote; playhead: Playhead }) {
  const t = useTranslations('transcript')
  const playing = usePlayhead(playhead, playhead.isPlaying)
  return (
    <Button size="xs" onClick={() => (playing ? playhead.toggle() : playhead.playSpan(from, to))}>
      {playing ? t('quote.pause') : t('quote.play')}
    </Button>
  )
}

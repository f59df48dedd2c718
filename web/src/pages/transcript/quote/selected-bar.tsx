import { Button, Group, Paper } from '@mantine/core'
import { useTimeout, useWindowEvent } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { copyText } from '../../parts/copy-text.ts'
import { Problem } from '../../parts/problem.tsx'
import type { Segments } from '../editor/segments.ts'
import type { Playhead } from '../playhead.ts'
import classes from './quote.module.css'
import { type Quote, type Quoted, quoteLink } from './quote.ts'
import { type Selected, useSelected } from './use-selected.ts'

interface SelectedBarProps {
  segments: Segments
  list: RefObject<HTMLOListElement | null>
  /** Undefined: there is nothing to play. */
  playhead: Playhead | undefined
  /** Undefined: only readers are here. */
  onComment?(quote: Quoted): void
}

const THANKS_MS = 2000

/** Beside the words that are selected: what can be done with just them. */
export function SelectedBar({ segments, list, playhead, onComment }: SelectedBarProps) {
  const t = useTranslations('transcript')
  const selected = useSelected(segments, list)
  const copy = useMutation({
    mutationFn: (quote: Quote) => copyText(quoteLink(location.href, quote)),
    onSuccess: () => thank(),
  })
  const { start: thank } = useTimeout(copy.reset, THANKS_MS)
  useWindowEvent('keydown', (event) => {
    const typing = event.target instanceof Element && event.target.closest('input, textarea, select')
    if (!selected || event.code !== 'KeyQ' || event.ctrlKey || event.metaKey || (typing && !event.altKey))
      return
    event.preventDefault()
    copy.mutate(selected.quote)
  })
  if (!selected) return null
  const { quote, box } = selected
  return (
    <Paper
      className={classes.selected}
      style={besides(box)}
      shadow="md"
      withBorder
      role="toolbar"
      aria-label={t('quote.selected')}
      // So that the words stay selected.
      onMouseDown={(event) => event.preventDefault()}
    >
      <Group gap={4}>
        {onComment && (
          <Button size="xs" variant="subtle" onClick={() => onComment(quote)}>
            {t('quote.comment')}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={() => copy.mutate(quote)}>
          <span aria-live="polite">{copy.isSuccess ? t('quote.copied') : t('quote.copy')}</span>
        </Button>
        {playhead && (
          <Button size="xs" variant="subtle" onClick={() => playhead.playSpan(quote.from, quote.to)}>
            {t('quote.playSelected')}
          </Button>
        )}
      </Group>
      <Problem error={copy.error} />
    </Paper>
  )
}

/** Px. A phone shows its own menu above what is selected. */
const GAP = 10
const SIZE = { width: 360, height: 90 }

const besides = ({ bottom, left }: Selected['box']): { top: number; left: number } => ({
  top: Math.max(GAP, Math.min(bottom + GAP, window.innerHeight - SIZE.height)),
  left: Math.max(GAP, Math.min(left, window.innerWidth - SIZE.width - GAP)),
})

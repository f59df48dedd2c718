import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { memo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Loaded } from '../../parts/loaded.tsx'
import { lastBegun } from '../playhead.ts'
import { useSteady } from '../use-steady.ts'
import type { View } from '../use-view.ts'
import classes from './comments.module.css'
import { Thread } from './thread.tsx'
import type { PlacedComment } from './use-comments.ts'

/** The comments on the transcript, in the order of the recording: those that are open, and on demand the resolved ones. */
/** @param untitled what they are in says what they are */
export function Comments({ view, untitled = false }: { view: View; untitled?: boolean }) {
  const { comments, reading, segments, work, transcription } = view
  const { query, placed, open, chosen } = comments
  const { go } = useSteady({
    go({ id, start, found }: PlacedComment): void {
      comments.choose(id)
      reading.lines.onSeek()
      reading.lines.show(found?.from.at ?? Math.max(0, lastBegun(segments, start)))
      reading.playhead.seek(start)
      reading.playhead.play()
    },
  })
  return (
    <Panel
      id={transcription.id}
      {...{ query, placed, open, chosen, untitled }}
      onGo={go}
      onAdd={work.comment}
    />
  )
}

interface PanelProps extends Pick<View['comments'], 'query' | 'placed' | 'open' | 'chosen'> {
  /** The transcription’s. */
  id: string
  untitled: boolean
  onGo(comment: PlacedComment): void
  onAdd(): void
}

const Panel = memo(function Panel(props: PanelProps) {
  const { id, query, placed, open, chosen, untitled, onGo, onAdd } = props
  const t = useTranslations('comments')
  const [all, setAll] = useState(false)
  const panel = useRef<HTMLDivElement>(null)
  const resolved = placed.length - open.length
  return (
    <Stack
      gap="xs"
      component="section"
      aria-label={t('title')}
      ref={panel}
      tabIndex={-1}
      className={classes.panel}
    >
      <Group justify="space-between">
        {!untitled && (
          <Title order={2} size="h5">
            {t('title')}
          </Title>
        )}
        <Button size="compact-xs" variant="default" onClick={onAdd}>
          {t('add')}
        </Button>
      </Group>
      <Loaded query={query} failed={t('failed')}>
        {() => (
          <>
            {open.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('none')}
              </Text>
            )}
            <ol className={classes.list}>
              {(all ? placed : open).map((comment) => (
                <Thread
                  key={comment.id}
                  id={id}
                  comment={comment}
                  chosen={comment.id === chosen}
                  onGo={onGo}
                  // Its buttons are gone: the keyboard goes on from here.
                  onLeft={() => panel.current?.focus()}
                />
              ))}
            </ol>
            {resolved > 0 && (
              <Button
                size="compact-xs"
                variant="subtle"
                style={{ alignSelf: 'start' }}
                aria-pressed={all}
                onClick={() => setAll(!all)}
              >
                {t('showResolved', { count: resolved })}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  )
})

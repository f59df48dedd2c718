import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Loaded } from '../../parts/loaded.tsx'
import { lastBegun } from '../playhead.ts'
import type { View } from '../use-view.ts'
import classes from './comments.module.css'
import { Thread } from './thread.tsx'
import type { PlacedComment } from './use-comments.ts'

/** The comments on the transcript, in the order of the recording: those that are open, and on demand the resolved ones. */
export function Comments({ view }: { view: View }) {
  const t = useTranslations('comments')
  const { comments, reading, segments, work, transcription } = view
  const [all, setAll] = useState(false)
  const panel = useRef<HTMLDivElement>(null)
  const { query, placed, open, chosen, choose } = comments
  const resolved = placed.length - open.length
  const go = ({ id, start, found }: PlacedComment): void => {
    choose(id)
    reading.lines.onSeek()
    reading.lines.show(found?.from.at ?? Math.max(0, lastBegun(segments, start)))
    reading.playhead.seek(start)
    reading.playhead.play()
  }
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
        <Title order={2} size="h5">
          {t('title')}
        </Title>
        <Button size="compact-xs" variant="default" onClick={work.comment}>
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
                  id={transcription.id}
                  comment={comment}
                  chosen={comment.id === chosen}
                  onGo={go}
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
}

import { Anchor, Container, Group, Stack, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SharedReply } from '../../../../src/contract/shares.ts'
import { shared } from '../../api.ts'
import { Brand } from '../../app-shell/brand.tsx'
import { SchemeSwitch } from '../../app-shell/scheme-switch.tsx'
import { LanguageSelect } from '../../i18n/language-select.tsx'
import { Downloads } from '../parts/downloads.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { When } from '../parts/when.tsx'
import { clock } from '../transcript/clock.ts'
import { CopyAll } from '../transcript/copy-all.tsx'
import { keyed } from '../transcript/editor/segments.ts'
import { FindButton } from '../transcript/find-button.tsx'
import { KeyHelp } from '../transcript/key-help.tsx'
import type { Moments } from '../transcript/moment.tsx'
import { Outline } from '../transcript/outline/outline.tsx'
import { useChapters } from '../transcript/outline/use-chapters.ts'
import { Player } from '../transcript/player.tsx'
import { OpenedQuote } from '../transcript/quote/opened-quote.tsx'
import { SelectedBar } from '../transcript/quote/selected-bar.tsx'
import { ReadPane } from '../transcript/read-pane.tsx'
import { useSpeakers } from '../transcript/speakers/use-speakers.ts'
import classes from '../transcript/transcript.module.css'
import { useKeys } from '../transcript/use-keys.ts'
import { useReading } from '../transcript/use-reading.ts'
import { RecordingWaveform } from '../transcript/waveform/recording-waveform.tsx'

const NO_DOUBTS: readonly never[] = []

const path = (token: string): string => `/${encodeURIComponent(token)}`

/** A transcript that somebody was sent the link of: to read and to play, without a login. */
export function SharedPage() {
  const t = useTranslations('shared')
  const shell = useTranslations('shell')
  const { token } = useParams({ from: '/shared/$token' })
  const query = useQuery({
    queryKey: ['shared', token],
    queryFn: () => shared.get<SharedReply>(path(token)),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Container size="lg" py="md">
      <Stack>
        <Group justify="space-between" component="header">
          <Brand />
          <Group gap="xs" wrap="nowrap">
            <LanguageSelect aria-label={shell('language')} size="xs" />
            <SchemeSwitch />
          </Group>
        </Group>
        <main>
          <Loaded query={query} failed={t('failed')}>
            {(reply) => <SharedTranscript token={token} reply={reply} />}
          </Loaded>
        </main>
        <Text component="footer" size="sm" c="dimmed">
          {t.rich('footer', {
            link: (name) => (
              <Anchor href="/" inherit underline="always">
                {name}
              </Anchor>
            ),
          })}
        </Text>
      </Stack>
    </Container>
  )
}

function SharedTranscript({ token, reply }: { token: string; reply: SharedReply }) {
  const shell = useTranslations('shell')
  const [segments] = useState(() => keyed(reply.transcript.segments))
  const player = useTranslations('transcript.player')
  const speakers = useSpeakers(segments)
  const reading = useReading(segments, useSearch({ from: '/shared/$token' }))
  const { playhead, find } = reading
  useKeys(playhead)
  const { media, language, durationSeconds } = reply
  const chapters = useChapters(segments)
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const waveform = (
    <RecordingWaveform
      name={token}
      load={() => shared.bytes(`${path(token)}/waveform`)}
      {...{ segments, speakers, reading, chapters, durationSeconds }}
      doubts={NO_DOUBTS}
    />
  )
  const outline = chapters.length > 0 && (
    <Outline
      chapters={chapters}
      playhead={playhead}
      onGo={({ at, start }) => {
        playhead.seek(start)
        reading.lines.show(at)
      }}
    />
  )
  const moments = useMemo<Moments>(
    () => (media ? { kind: 'play', playhead } : { kind: 'none' }),
    [media, playhead],
  )
  return (
    <Stack className={classes.page}>
      <div>
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }} dir="auto">
          {reply.title ?? shell('pages.transcript')}
        </Title>
        <Text c="dimmed" size="sm">
          {durationSeconds !== null && `${clock(durationSeconds)} · `}
          <When at={reply.createdAt} />
        </Text>
      </div>
      <Group gap="xs">
        <FindButton find={find} />
        <CopyAll segments={segments} />
        <Downloads url={(format) => shared.url(`${path(token)}.${format}`)} />
      </Group>
      {reading.quote && (
        <OpenedQuote
          quote={reading.quote}
          segments={segments}
          playhead={media ? playhead : undefined}
          onClose={reading.endQuote}
        />
      )}
      {(wide || !media) && waveform}
      <div className={classes.body}>
        {media && (
          <aside className={classes.side} aria-label={player('label')}>
            <Stack>
              <Player
                playhead={playhead}
                media={{
                  src: shared.url(`${path(token)}/media`),
                  captions: shared.url(`${path(token)}/captions`),
                  video: media.hasVideo,
                  language: language ?? undefined,
                }}
              />
              {!wide && waveform}
              {wide && outline}
              {wide && <KeyHelp editing={false} />}
            </Stack>
          </aside>
        )}
        <div className={classes.main}>
          <ReadPane
            lang={reply.transcript.language ?? undefined}
            segments={segments}
            reading={reading}
            moments={moments}
          />
          <SelectedBar
            segments={segments}
            list={reading.lines.list}
            playhead={media ? playhead : undefined}
          />
        </div>
      </div>
    </Stack>
  )
}

import { Group, Stack, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslations } from 'use-intl'
import type { SharedReply } from '../../../../src/contract/shares.ts'
import { shared } from '../../api.ts'
import { Downloads } from '../parts/downloads.tsx'
import { When } from '../parts/when.tsx'
import { clock } from '../transcript/clock.ts'
import { CopyAll } from '../transcript/copy-all.tsx'
import { FindButton } from '../transcript/find-button.tsx'
import { KeyHelp } from '../transcript/key-help.tsx'
import { Outline } from '../transcript/outline/outline.tsx'
import { Player } from '../transcript/player.tsx'
import { OpenedQuote } from '../transcript/quote/opened-quote.tsx'
import { SelectedBar } from '../transcript/quote/selected-bar.tsx'
import { ReadPane } from '../transcript/read-pane.tsx'
import { StandIn } from '../transcript/stand-in.tsx'
import classes from '../transcript/transcript.module.css'
import { RecordingWaveform } from '../transcript/waveform/recording-waveform.tsx'
import { sharedPath } from './shared-path.ts'
import { type Shared, useShared } from './use-shared.ts'

const NO_DOUBTS: readonly never[] = []

export function SharedTranscript({ token, reply }: { token: string; reply: SharedReply }) {
  const view = useShared(token, reply)
  const { segments, reading, moments } = view
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false })
  const playhead = reply.media ? reading.playhead : undefined
  return (
    <Stack className={classes.page}>
      <Heading reply={reply} />
      <Group gap="xs">
        <FindButton open={reading.find.open} setOpen={reading.find.setOpen} />
        <CopyAll read={() => segments} />
        <Downloads url={(format) => shared.url(`${sharedPath(token)}.${format}`)} />
      </Group>
      {reading.quote && (
        <OpenedQuote
          quote={reading.quote}
          segments={segments}
          playhead={playhead}
          onClose={reading.endQuote}
        />
      )}
      {(wide || !reply.media) && <Waveform view={view} />}
      <div className={classes.body}>
        {reply.media && <Side view={view} media={reply.media} wide={wide} />}
        <div className={classes.main}>
          <ReadPane
            lang={reply.transcript.language ?? undefined}
            segments={segments}
            reading={reading}
            moments={moments}
          />
          <SelectedBar segments={segments} list={reading.lines.list} playhead={playhead} />
        </div>
      </div>
    </Stack>
  )
}

function Heading({ reply }: { reply: SharedReply }) {
  const shell = useTranslations('shell')
  const t = useTranslations('transcript')
  const { title, durationSeconds, modelUsed, createdAt } = reply
  const facts = [
    durationSeconds !== null && clock(durationSeconds),
    modelUsed,
    reply.reused && t('facts.reused'),
  ].filter(Boolean)
  return (
    <div>
      <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }} dir="auto">
        {title ?? shell('pages.transcript')}
      </Title>
      <Text c="dimmed" size="sm">
        {facts.join(' · ')} {facts.length > 0 && '· '}
        <When at={createdAt} />
      </Text>
      {reply.standIn && <StandIn />}
    </div>
  )
}

function Waveform({ view }: { view: Shared }) {
  const { token, segments, speakers, reading, chapters, reply } = view
  return (
    <RecordingWaveform
      name={token}
      load={() => shared.bytes(`${sharedPath(token)}/waveform`)}
      {...{ segments, speakers, reading, chapters, durationSeconds: reply.durationSeconds }}
      doubts={NO_DOUBTS}
    />
  )
}

interface SideProps {
  view: Shared
  media: NonNullable<SharedReply['media']>
  wide: boolean
}

function Side({ view, media, wide }: SideProps) {
  const player = useTranslations('transcript.player')
  const { token, reading, chapters, reply } = view
  const { playhead, lines } = reading
  return (
    <aside className={classes.side} aria-label={player('label')}>
      <Stack>
        <Player
          playhead={playhead}
          media={{
            src: shared.url(`${sharedPath(token)}/media`),
            captions: shared.url(`${sharedPath(token)}/captions`),
            video: media.hasVideo,
            language: reply.language ?? undefined,
          }}
        />
        {!wide && <Waveform view={view} />}
        {wide && chapters.length > 0 && (
          <Outline
            chapters={chapters}
            playhead={playhead}
            onGo={({ at, start }) => {
              playhead.seek(start)
              lines.show(at)
            }}
          />
        )}
        {wide && <KeyHelp editing={false} />}
      </Stack>
    </aside>
  )
}

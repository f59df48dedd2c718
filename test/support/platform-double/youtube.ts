import { statSync } from 'node:fs'
import {
  type Asked,
  type Fault,
  faulty,
  file,
  held,
  json,
  type PlatformAnswers,
  paced,
  redirect,
  text,
} from './answer.ts'
import { captionFile, ROLLING_JSON3 } from './captions.ts'
import { HELD_LENGTH, MEDIA_LENGTH } from './media.ts'

/** The first four characters of an id choose the outcome; every other id is a normal video. */
const STATES: Record<string, Record<string, unknown>> = {
  priv: {
    status: 'LOGIN_REQUIRED',
    reason: 'Private video',
    messages: ['This is a private video. Please sign in to verify that you may see it.'],
  },
  gone: unavailable('This video has been removed by the uploader', 'ERROR'),
  botx: { status: 'LOGIN_REQUIRED', reason: 'Sign in to confirm you’re not a bot' },
  agex: { status: 'LOGIN_REQUIRED', reason: 'Sign in to confirm your age', desktopLegacyAgeGateReason: 1 },
  geox: unavailable('The uploader has not made this video available in your country', 'UNPLAYABLE'),
  rate: { status: 'UNPLAYABLE', reason: "This content isn't available, try again later." },
  memb: {
    status: 'UNPLAYABLE',
    reason:
      'Join this channel to get access to members-only content like this video, and other exclusive perks.',
  },
  prem: { status: 'LIVE_STREAM_OFFLINE', reason: 'Premieres in 3 hours' },
}

/** Seconds that the page gives. */
const LENGTHS: Record<string, string> = { live: '0', long: '90000' }

/** Of the media itself. */
const FAULTS: Record<string, Fault> = {
  slow: 'slow',
  stal: 'stall',
  endl: 'endless',
  shor: 'short',
  cutx: 'cut',
  m403: 'forbidden',
  m503: 'unavailable',
}

function unavailable(why: string, status: string): Record<string, unknown> {
  const say = (simpleText: string) => ({ simpleText })
  return {
    status,
    reason: 'Video unavailable',
    errorScreen: { playerErrorMessageRenderer: { reason: say('Video unavailable'), subreason: say(why) } },
  }
}

export const youtube: PlatformAnswers = (asked) => {
  const { host } = asked
  if (host === 'youtu.be') return redirect(asked, `https://www.youtube.com/watch?v=${asked.path.slice(1)}`)
  if (host.endsWith('.googlevideo.com')) return videoPlayback(asked)
  if (host === 'youtube.com' || host.endsWith('.youtube.com')) return pages(asked)
  return false
}

function pages(asked: Asked): boolean {
  const { path, url, body } = asked
  // The embedded player is asked where the page has an age gate.
  if (path.startsWith('/embed/')) return watchPage(asked, path.split('/')[2] ?? '')
  if (path === '/playlist') return dataPage(asked, playlist(url.searchParams.get('list') ?? ''))
  // A playlist is asked for once more, with what is unavailable.
  if (path === '/youtubei/v1/browse') return json(asked, playlist(JSON.parse(body).browseId.slice(2)))
  if (/^\/@[\w-]+\/videos$/.test(path)) return channelPage(asked, path.split('/')[1]!)
  if (path === '/watch') return watchPage(asked, url.searchParams.get('v') ?? '')
  if (path === '/youtubei/v1/player') {
    const { videoId, context } = JSON.parse(body)
    if (videoId.startsWith('h429')) return text(asked, 'Too Many Requests', 429)
    return json(asked, player(asked, videoId, context.client.clientName))
  }
  if (path === '/youtubei/v1/next') return json(asked, { contents: { a: 1 } })
  if (path === '/api/timedtext') return timedText(asked)
  return text(asked, 'nothing here', 404)
}

/** Where the page says whose the video is. */
const OWNER = {
  contents: {
    twoColumnWatchNextResults: {
      results: {
        results: {
          contents: [
            {
              videoSecondaryInfoRenderer: {
                owner: { videoOwnerRenderer: { title: { runs: [{ text: 'Double channel' }] } } },
              },
            },
          ],
        },
      },
    },
  },
}

function watchPage(asked: Asked, id: string): boolean {
  if (id.startsWith('h429')) return text(asked, 'Too Many Requests', 429)
  const client = { clientName: 'WEB', clientVersion: '2.20260708.00.00', visitorData: 'visitor', hl: 'en' }
  const config = {
    VISITOR_DATA: 'visitor',
    INNERTUBE_CONTEXT: { client },
    INNERTUBE_CONTEXT_CLIENT_NAME: 1,
    STS: 20000,
  }
  return text(
    asked,
    `<html><head><title>x</title></head><script>ytcfg.set(${JSON.stringify(config)});</script>` +
      `<script>var ytInitialPlayerResponse = ${JSON.stringify(player(asked, id, 'WEB'))};</script>` +
      `<script>var ytInitialData = ${JSON.stringify(OWNER)};</script></html>`,
  )
}

/** `PLnone…`: there is none. */
function playlist(list: string): object {
  if (list.startsWith('PLnone'))
    return {
      alerts: [{ alertRenderer: { type: 'ERROR', text: { simpleText: 'The playlist does not exist.' } } }],
    }
  const contents = VIDEOS.map(({ id, title, seconds }) => ({
    playlistVideoRenderer: {
      videoId: id,
      title: { runs: [{ text: title }] },
      lengthSeconds: String(seconds),
      isPlayable: true,
    },
  }))
  const section = { itemSectionRenderer: { contents: [{ playlistVideoListRenderer: { contents } }] } }
  return {
    metadata: { playlistMetadataRenderer: { title: 'Double list' } },
    contents: tabs({ sectionListRenderer: { contents: [section] } }),
  }
}

function channelPage(asked: Asked, handle: string): boolean {
  const contents = VIDEOS.map(({ id, title, seconds }) => ({
    richItemRenderer: {
      content: {
        videoRenderer: {
          videoId: id,
          title: { runs: [{ text: title }] },
          lengthText: { simpleText: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` },
        },
      },
    },
  }))
  return dataPage(asked, {
    metadata: {
      channelMetadataRenderer: {
        title: 'Double channel',
        externalId: `UC${'x'.repeat(22)}`,
        vanityChannelUrl: `http://www.youtube.com/${handle}`,
      },
    },
    contents: tabs({ richGridRenderer: { contents } }, 'Videos'),
  })
}

const VIDEOS = [
  { id: 'listvideo01', title: 'First video', seconds: 3 },
  { id: 'listvideo02', title: 'Second video', seconds: 125 },
  { id: 'privvideo03', title: '[Private video]', seconds: 0 },
  { id: 'listvideo04', title: 'Fourth video', seconds: 3 },
]

const tabs = (content: object, title?: string) => ({
  twoColumnBrowseResultsRenderer: { tabs: [{ tabRenderer: { title, selected: true, content } }] },
})

function dataPage(asked: Asked, data: object): boolean {
  const client = { clientName: 'WEB', clientVersion: '2.20260708.00.00', visitorData: 'visitor', hl: 'en' }
  const config = { VISITOR_DATA: 'visitor', INNERTUBE_CONTEXT: { client }, INNERTUBE_CONTEXT_CLIENT_NAME: 1 }
  return text(
    asked,
    `<html><script>ytcfg.set(${JSON.stringify(config)});</script>` +
      `<script>var ytInitialData = ${JSON.stringify(data)};</script></html>`,
  )
}

function player(asked: Asked, id: string, client: string) {
  const kind = id.slice(0, 4)
  const live = kind === 'live'
  const videoDetails = {
    videoId: id,
    title: `Double video ${id}`,
    lengthSeconds: LENGTHS[kind] ?? String(soundOf(asked, kind).length),
    channelId: `UC${'x'.repeat(22)}`,
    author: 'Double channel',
    shortDescription: 'd',
    isLive: live,
    isLiveContent: live,
    isUpcoming: kind === 'prem',
    viewCount: '1',
  }
  const state = STATES[kind]
  if (state) return { videoDetails, playabilityStatus: state }
  return {
    videoDetails,
    playabilityStatus: { status: 'OK' },
    streamingData: live
      ? { hlsManifestUrl: 'https://manifest.googlevideo.com/api/manifest/hls_variant/live.m3u8' }
      : streams(asked, id, client, kind),
    captions: captions(id, kind),
  }
}

/** Which file is heard, and for how many seconds. */
function soundOf({ media }: Asked, kind: string): { path: string; length: number } {
  if (kind === 'held') return { path: media.held, length: HELD_LENGTH }
  if (kind === 'pace' && media.paced) return media.paced
  return { path: media.audio, length: MEDIA_LENGTH }
}

function streams(asked: Asked, id: string, client: string, kind: string) {
  const { media } = asked
  const url = (itag: number, extra = '') =>
    `https://rr1---sn-double.googlevideo.com/videoplayback?id=${id}&itag=${itag}&c=${client}${extra}`
  const huge = kind === 'huge' ? 10 ** 13 : null
  const size = (path: string) => String(huge ?? statSync(path).size)
  const { path: soundFile, length } = soundOf(asked, kind)
  const approxDurationMs = String(length * 1000)
  const sound = (itag: number, bitrate: number, extra = '', track?: { id: string; displayName: string }) => ({
    itag,
    url: url(itag, extra),
    mimeType: 'audio/mp4; codecs="mp4a.40.2"',
    bitrate,
    averageBitrate: bitrate,
    quality: 'tiny',
    contentLength: size(soundFile),
    audioQuality: itag === 139 ? 'AUDIO_QUALITY_LOW' : 'AUDIO_QUALITY_MEDIUM',
    audioSampleRate: '44100',
    audioChannels: 1,
    approxDurationMs,
    ...(track ? { audioTrack: { ...track, audioIsDefault: track.displayName.includes('original') } } : {}),
  })
  const picture = {
    itag: 160,
    url: url(160),
    mimeType: 'video/mp4; codecs="avc1.4d400c"',
    bitrate: 60000,
    width: 160,
    height: 120,
    quality: 'tiny',
    qualityLabel: '120p',
    contentLength: size(media.mute),
    approxDurationMs,
  }
  if (kind === 'mute') return { adaptiveFormats: [picture] }
  if (kind === 'dubs') {
    const track = (displayName: string, trackId: string) => ({ displayName, id: trackId })
    return {
      adaptiveFormats: [
        sound(140, 128000, '&t=en-US.4', track('English (US) original', 'en-US.4')),
        sound(139, 40000, '&t=de.10&wrong', track('German', 'de.10')),
        sound(139, 39000, '&t=en-US.3&wrong', track('English descriptive', 'en-US.3')),
      ],
    }
  }
  return {
    formats: [
      {
        itag: 18,
        url: url(18),
        mimeType: 'video/mp4; codecs="avc1.42001E, mp4a.40.2"',
        bitrate: 300000,
        width: 160,
        height: 120,
        quality: 'small',
        qualityLabel: '120p',
        contentLength: size(media.clip),
        audioQuality: 'AUDIO_QUALITY_LOW',
        audioSampleRate: '44100',
        audioChannels: 1,
        approxDurationMs,
      },
    ],
    adaptiveFormats: [sound(139, 48000), sound(140, 128000), picture],
  }
}

/** `nocc`: none; `asrx`: automatic ones alone; else German by people and English by the machine. */
function captions(id: string, kind: string) {
  if (kind === 'nocc') return undefined
  const track = (languageCode: string, vssId: string, more: Record<string, unknown> = {}) => ({
    baseUrl: `https://www.youtube.com/api/timedtext?v=${id}&lang=${languageCode}${more.kind ? '&kind=asr' : ''}`,
    name: { simpleText: languageCode },
    vssId,
    languageCode,
    isTranslatable: true,
    ...more,
  })
  const captionTracks = [track('en', 'a.en', { kind: 'asr' })]
  if (kind !== 'asrx') captionTracks.push(track('de', '.de'))
  if (kind === 'ccen') captionTracks.push(track('en', '.en'))
  return { playerCaptionsTracklistRenderer: { captionTracks } }
}

function timedText(asked: Asked): boolean {
  const query = asked.url.searchParams
  if (query.get('v')?.startsWith('cc40')) return text(asked, '', 404)
  if (query.get('fmt') !== 'json3') return captionFile(asked, 'vtt', query.get('lang') ?? '')
  if (query.get('kind') === 'asr') return json(asked, ROLLING_JSON3)
  const said = [{ utf8: `Captions by people, ` }, { utf8: `in ${query.get('lang')}` }]
  return json(asked, { wireMagic: 'pb3', events: [{ tStartMs: 0, dDurationMs: 2000, segs: said }] })
}

function videoPlayback(asked: Asked): boolean {
  const { url, media } = asked
  if (url.pathname.endsWith('.m3u8')) {
    const variant = '#EXT-X-STREAM-INF:BANDWIDTH=100000,RESOLUTION=160x120,CODECS="avc1.42001E,mp4a.40.2"'
    return text(asked, `#EXTM3U\n${variant}\nhttps://manifest.googlevideo.com/itag/91/x.m3u8\n`)
  }
  const kind = url.searchParams.get('id')?.slice(0, 4) ?? ''
  if (kind === 'held') return held(asked)
  if (kind === 'pace' && media.paced) return paced(asked, media.paced)
  const fault = FAULTS[kind]
  if (fault) return faulty(asked, fault, media.audio)
  if (url.searchParams.has('wrong')) return file(asked, media.wrong, 'audio/mp4')
  switch (url.searchParams.get('itag')) {
    case '18':
      return file(asked, media.clip, 'video/mp4')
    case '160':
      return file(asked, media.mute, 'video/mp4')
    default:
      return file(asked, media.audio, 'audio/mp4')
  }
}

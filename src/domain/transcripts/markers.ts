/**
 * Markers for video editors, one at the start of each paragraph, with the speaker and the text. They are written in the
 * editors' own file formats, so no plug-in is needed.
 */
import type { ExportOptions, MARKER_FORMATS } from '../../contract/formats.ts'
import type { Segment } from '../../ports/transcript.ts'
import { escaped, escapedAttribute } from './escaped.ts'
import { forXml } from './for-xml.ts'
import { paragraphs } from './paragraphs.ts'
import { speakerName } from './speaker-label.ts'

interface Marker {
  /** Frames from the beginning. */
  at: number
  name: string
  note: string
}

interface Rate {
  /** Frames per second, rounded up for NTSC. */
  timebase: number
  /** NTSC: the real rate is 1000/1001 of the timebase. */
  ntsc: boolean
}

const rateOf = (fps: ExportOptions['fps'] = '25'): Rate => ({
  timebase: Math.round(Number(fps)),
  ntsc: fps.includes('.'),
})

const LONGEST_NAME = 60

export function renderMarkers(
  segments: readonly Segment[],
  format: (typeof MARKER_FORMATS)[number],
  title: string,
  { fps, speakers = true }: ExportOptions,
): string {
  const rate = rateOf(fps)
  const framesOf = (seconds: number): number =>
    Math.round((Math.max(0, seconds) * rate.timebase * 1000) / (rate.ntsc ? 1001 : 1000))
  const markers = paragraphs(segments).map(({ start, speaker, text }): Marker => {
    const name = speakers ? speakerName(speaker) : ''
    const note = oneLine(text)
    return { at: framesOf(start), name: name || beginning(note), note }
  })
  const length = framesOf(segments.reduce((end, segment) => Math.max(end, segment.end), 0)) + 1
  return WRITERS[format]({ markers, length, title: oneLine(title), rate })
}

interface Timeline {
  markers: readonly Marker[]
  /** Frames. */
  length: number
  title: string
  rate: Rate
}

const WRITERS: Record<(typeof MARKER_FORMATS)[number], (timeline: Timeline) => string> = { edl, fcpxml, xml }

/** DaVinci Resolve: Timelines › Import › Timeline Markers from EDL. Its timelines start at 01:00:00:00. */
function edl({ markers, title, rate }: Timeline): string {
  const events = markers.map(({ at, name, note }, k) => {
    const [from, to] = [at, at + 1].map((frames) => timecode(frames + 3600 * rate.timebase, rate))
    const number = String(k + 1).padStart(3, '0')
    return [
      `${number}  001      V     C        ${from} ${to} ${from} ${to}`,
      `${piped(note)} |C:ResolveColorBlue |M:${piped(name)} |D:1`,
    ].join('\n')
  })
  return `TITLE: ${title}\nFCM: NON-DROP FRAME\n\n${events.join('\n\n')}\n`
}

/** Characters that would start another field. */
const piped = (text: string): string => text.replaceAll('|', '/')

/** Final Cut Pro: File › Import › XML. */
function fcpxml({ markers, length, title, rate }: Timeline): string {
  const time = (frames: number): string => {
    const [top, bottom] = rate.ntsc ? [frames * 1001, rate.timebase * 1000] : [frames, rate.timebase]
    return top === 0 ? '0s' : `${top}/${bottom}s`
  }
  const name = escapedAttribute(title)
  const lines = markers.map(
    ({ at, name, note }) =>
      `<marker start="${time(at)}" duration="${time(1)}" value="${escapedAttribute(name)}" note="${escapedAttribute(note)}"/>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fcpxml>
<fcpxml version="1.9">
  <resources>
    <format id="r1" frameDuration="${time(1)}" width="1920" height="1080"/>
  </resources>
  <library>
    <event name="${name}">
      <project name="${name}">
        <sequence format="r1" duration="${time(length)}" tcStart="0s" tcFormat="NDF">
          <spine>
            <gap name="Gap" offset="0s" start="0s" duration="${time(length)}">
${lines.map((line) => `              ${line}`).join('\n')}
            </gap>
          </spine>
        </sequence>
      </project>
    </event>
  </library>
</fcpxml>
`
}

/** Premiere Pro: File › Import. The format of Final Cut Pro 7. */
function xml({ markers, length, title, rate: { timebase, ntsc } }: Timeline): string {
  const lines = markers.map(
    ({ at, name, note }) =>
      `    <marker><name>${escaped(name)}</name><comment>${escaped(note)}</comment><in>${at}</in><out>-1</out></marker>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE xmeml>
<xmeml version="5">
  <sequence>
    <name>${escaped(title)}</name>
    <duration>${length}</duration>
    <rate><timebase>${timebase}</timebase><ntsc>${ntsc ? 'TRUE' : 'FALSE'}</ntsc></rate>
    <media><video><track/></video><audio><track/></audio></media>
${lines.join('\n')}
  </sequence>
</xmeml>
`
}

/** `HH:MM:SS:FF`, non-drop-frame. */
function timecode(frames: number, { timebase }: Rate): string {
  const seconds = Math.floor(frames / timebase)
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frames % timebase]
    .map((n) => String(n).padStart(2, '0'))
    .join(':')
}

const oneLine = (text: string): string => forXml(text).trim()

function beginning(text: string): string {
  if (text.length <= LONGEST_NAME) return text
  const cut = text.slice(0, LONGEST_NAME)
  const space = cut.lastIndexOf(' ')
  return `${forXml(space > LONGEST_NAME / 2 ? cut.slice(0, space) : cut)}…`
}

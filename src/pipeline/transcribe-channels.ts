/**
 * Calls with a speaker on each of two channels: one channel is heard after the other, each cut at its own pauses,
 * so that who talks at the same time is heard as well. Two at once would need both streams at the same pace.
 */
import { joined } from '../domain/transcripts/join-text.ts'
import type { ProbedFile } from '../ports/prober.ts'
import { decode } from './decode.ts'
import type { DecodeOptions } from './decode-options.ts'
import type { FileOptions, TranscribedFile } from './file-work.ts'
import type { PartSpan } from './parts.ts'
import { channelOf, Sides } from './sound/channels.ts'
import { bothChannels } from './sound/peaks.ts'
import { plansFor } from './sound/plans.ts'

const CHANNELS = [0, 1]

/**
 * Parts of channels are stored under numbers of their own. They do not begin at 0, so that nobody takes them for
 * the parts of one sound whose text can be shown while more is heard.
 */
const NUMBERS = 1_000_000

const numbered = (part: PartSpan, channel: number): PartSpan => ({
  ...part,
  index: (channel + 1) * NUMBERS + part.index,
})

/** Hears one sound of a file, told which of its channels, and what to do with its parts. */
export type HearSound = (options: FileOptions & Pick<DecodeOptions, 'mix'>) => Promise<TranscribedFile>

/**
 * Each channel for itself, merged by time, the channel as the speaker. Undefined: the file has not two channels
 * that carry different things.
 */
export async function transcribeChannels(
  path: string,
  file: ProbedFile,
  options: FileOptions,
  hear: HearSound,
): Promise<TranscribedFile | undefined> {
  const track = plansFor(file, options)[0]?.track
  const { signal, maxSeconds } = options
  if (!(await areApart(path, { signal, maxSeconds, probed: file, track }))) return undefined
  const heard: TranscribedFile[] = []
  for (const channel of CHANNELS)
    heard.push(
      await hear({
        ...options,
        track,
        mix: channelOf(channel),
        // The length of one is that of the other.
        onLength: channel === 0 ? options.onLength : undefined,
        earlier: async (from) => options.earlier?.((channel + 1) * NUMBERS + from),
        known: (part) => options.known?.(numbered(part, channel)) ?? Promise.resolve(undefined),
        onPart: async (part, result, fraction) =>
          options.onPart?.(numbered(part, channel), result, (channel + fraction) / CHANNELS.length),
      }),
    )
  return besideEachOther(heard)
}

/** Of a call this shows within its first words; a recording that has the same on both is read to its end. */
async function areApart(path: string, options: DecodeOptions): Promise<boolean> {
  const sides = new Sides()
  let two = true
  const mix = (samples: Int16Array, channels: number): Int16Array => {
    two = channels === 2
    if (two) sides.listen(samples)
    return channelOf(0)(samples, channels)
  }
  for await (const _ of decode(path, { ...options, mix })) if (!two || sides.areApart) break
  return two && sides.areApart
}

function besideEachOther(heard: readonly TranscribedFile[]): TranscribedFile {
  const byTime = <T extends { start: number }>(items: T[]): T[] => items.sort((a, b) => a.start - b.start)
  const segments = byTime(
    heard.flatMap(({ transcript }, k) =>
      transcript.segments.map((segment) => ({ ...segment, speaker: `Channel ${k + 1}` })),
    ),
  )
  const unclear = byTime(heard.flatMap(({ transcript }) => transcript.unclear ?? []))
  // The language of who says more.
  const [most] = [...heard].sort((a, b) => b.transcript.text.length - a.transcript.text.length)
  const models = heard.flatMap((each) => each.models)
  return {
    ...most!,
    models: models.filter(({ model }, k) => models.findIndex((each) => each.model === model) === k),
    waveform: heard.map((each) => each.waveform).reduce(bothChannels),
    durationSeconds: Math.max(...heard.map((each) => each.durationSeconds)),
    transcript: {
      text: joined(segments.map((s) => s.text)),
      segments,
      language: most!.transcript.language,
      ...(unclear.length > 0 && { unclear }),
    },
  }
}

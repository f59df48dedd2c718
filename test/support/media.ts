import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type PlacedWord, toneAudio, wav } from './tone.ts'

const execute = promisify(execFile)

// The default coder takes three times as long, for a quality that tones do not need.
const AAC = ['-c:a', 'aac', '-aac_coder', 'fast', '-b:a', '96k']

/** How each kind of test file is encoded: what phones, browsers, recorders and studios send. */
export const FORMATS = {
  wav: { extension: 'wav', args: ['-c:a', 'pcm_s16le'] },
  mp3: { extension: 'mp3', args: ['-c:a', 'libmp3lame', '-b:a', '96k'] },
  mp4: { extension: 'mp4', args: [...AAC, '-c:v', 'libx264', '-preset', 'ultrafast'] },
  m4a: { extension: 'm4a', args: AAC },
  webm: { extension: 'webm', args: ['-c:a', 'libopus', '-b:a', '64k'] },
  flac: { extension: 'flac', args: ['-c:a', 'flac'] },
  ogg: { extension: 'ogg', args: ['-c:a', 'libvorbis', '-q:a', '5'] },
  mkv: { extension: 'mkv', args: ['-c:a', 'libvorbis', '-q:a', '5'] },
} as const
export type MediaFormat = keyof typeof FORMATS

export interface MediaOptions {
  format: MediaFormat
  /** Of the file; the PCM handed in is resampled to it. Opus takes only its own rates and is moved to 48 kHz. */
  rate?: number
  channels?: 1 | 2
  /** Rate of the PCM handed in. Default 16 kHz. */
  pcmRate?: number
  /** More arguments for ffmpeg, before the output. */
  extra?: readonly string[]
  name?: string
}

/** Encodes PCM as a file in `dir` and returns its path. */
export async function makeMedia(dir: string, pcm: Int16Array, options: MediaOptions): Promise<string> {
  const { format, channels = 1, pcmRate = 16_000, extra = [] } = options
  const rate = options.rate ?? pcmRate
  const source = join(dir, `${options.name ?? 'source'}-${process.hrtime.bigint()}.wav`)
  const target = join(dir, `${options.name ?? `${format}-${rate}-${channels}`}.${FORMATS[format].extension}`)
  await writeFile(source, wav(pcm, pcmRate))
  const video = format === 'mp4' ? ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10', '-shortest'] : []
  const sound = ['-ar', String(format === 'webm' ? 48_000 : rate), '-ac', String(channels)]
  await ffmpeg(['-i', source, ...video, ...sound, ...FORMATS[format].args, ...extra, target])
  await rm(source)
  return target
}

/** A call: a WAV file in `dir` with each side on a channel of its own. */
export async function makeCall(
  dir: string,
  sides: readonly (readonly PlacedWord[])[],
  seconds: number,
): Promise<string> {
  const inputs = sides.map((_, k) => join(dir, `side-${k}.wav`))
  for (const [k, side] of sides.entries()) await writeFile(inputs[k]!, wav(toneAudio(side, seconds)))
  const call = join(dir, 'call.wav')
  const merge = `amerge=inputs=${sides.length}`
  await ffmpeg([...inputs.flatMap((input) => ['-i', input]), '-filter_complex', merge, call])
  return call
}

/** Runs ffmpeg for a test that makes something unusual. */
export async function ffmpeg(args: readonly string[]): Promise<void> {
  await execute('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args])
}

/** A folder that `dispose` deletes with what is in it. */
export async function scratch(): Promise<{ dir: string; dispose(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-test-'))
  return { dir, dispose: () => rm(dir, { recursive: true, force: true }) }
}

/**
 * A file played several times over, without encoding it anew: hours cost no more than minutes. `target` is a
 * container with timestamps, such as `mka`.
 */
export async function makeLong(path: string, target: string, times: number): Promise<void> {
  await ffmpeg(['-stream_loop', String(times - 1), '-i', path, '-c', 'copy', target])
}

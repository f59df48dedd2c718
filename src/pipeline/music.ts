/** How much of a recording is music or singing, by listening to some excerpts of it. */
import { buffer } from 'node:stream/consumers'
import { SAMPLE_RATE } from '../ports/engine.ts'
import type { MusicDetector } from '../ports/music-detector.ts'
import { inputArguments, start } from './ffmpeg.ts'

const EXCERPTS = 4
const EXCERPT_SECONDS = 10

/**
 * @param track the sound track that was transcribed, 1 is the first
 * @returns 0 to 1; undefined where the recording is empty
 * @throws Error where it cannot be heard
 */
export async function musicIn(
  detector: MusicDetector,
  path: string,
  { track, durationSeconds }: { track: number; durationSeconds: number },
  signal: AbortSignal,
): Promise<number | undefined> {
  const excerpts: Int16Array[] = []
  for (const at of excerptStarts(durationSeconds)) {
    const pcm = await excerpt(path, track, at, signal)
    // Less than a second tells nothing.
    if (pcm.length >= SAMPLE_RATE) excerpts.push(pcm)
  }
  if (excerpts.length === 0) return undefined
  const music = await detector.hear(excerpts, signal)
  return music.reduce((sum, each) => sum + each, 0) / music.length
}

/** Spread evenly; all of what is shorter. */
function excerptStarts(durationSeconds: number): number[] {
  const count = Math.min(EXCERPTS, Math.max(1, Math.floor(durationSeconds / EXCERPT_SECONDS)))
  const step = durationSeconds / count
  return Array.from({ length: count }, (_, k) => Math.max(0, k * step + (step - EXCERPT_SECONDS) / 2))
}

async function excerpt(path: string, track: number, at: number, signal: AbortSignal): Promise<Int16Array> {
  signal.throwIfAborted()
  const ffmpeg = start('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-ss', at.toFixed(2), '-t', String(EXCERPT_SECONDS)],
    ...[...inputArguments(path), '-map', `0:a:${track - 1}`, '-ar', String(SAMPLE_RATE), '-ac', '1'],
    ...['-c:a', 'pcm_s16le', '-f', 's16le', 'pipe:1'],
  ])
  signal.addEventListener('abort', ffmpeg.kill, { once: true })
  try {
    const bytes = await buffer(ffmpeg.stdout)
    await ffmpeg.exited
    signal.throwIfAborted()
    return new Int16Array(Uint8Array.from(bytes).buffer, 0, bytes.length >> 1)
  } finally {
    signal.removeEventListener('abort', ffmpeg.kill)
    ffmpeg.kill()
  }
}

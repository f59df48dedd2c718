/**
 * Is every word there, once, in its order, at its time? Random programmes of tones through the whole way
 * (ffmpeg, splitter, engine processes, merging), in many codecs and in containers whose timestamps are odd,
 * with engine processes killed in the middle. The same seed makes the same trial.
 */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sherpaHosts } from '../../src/adapters/engine/sherpa/hosts.ts'
import { loadModelFolder } from '../../src/adapters/engine/sherpa/model-folder.ts'
import { createPool, type EnginePool } from '../../src/adapters/engine/supervision/pool.ts'
import { createSpeechDetector } from '../../src/adapters/speech-detector/index.ts'
import { probeFile } from '../../src/pipeline/probe.ts'
import { transcribeFile } from '../../src/pipeline/transcribe-file.ts'
import { ffmpeg } from './media.ts'
import {
  type PlacedWord,
  random,
  toneAudio,
  toneProgramme,
  WORD_LENGTH,
  wav,
  writeToneModel,
} from './tone.ts'

const ANY_RATE = [16_000, 22_050, 32_000, 44_100, 48_000]
const HIGH_RATES = [44_100, 48_000]

interface Codec {
  extension: string
  args: string[]
  rates: number[]
}
const codec = (extension: string, args: string, rates = ANY_RATE): Codec => ({
  extension,
  args: args.split(' '),
  rates,
})

const CODECS: Record<string, Codec> = {
  pcm: codec('wav', '-c:a pcm_s16le'),
  float: codec('wav', '-c:a pcm_f32le'),
  aiff: codec('aiff', '-c:a pcm_s16be'),
  flac: codec('flac', '-c:a flac'),
  alac: codec('m4a', '-c:a alac'),
  mp3: codec('mp3', '-c:a libmp3lame -b:a 96k'),
  'mp3 of a variable rate': codec('mp3', '-c:a libmp3lame -q:a 4'),
  // With less, what it leaves of the noise between words is tones by itself.
  'mp2 in a transport stream': codec('ts', '-c:a mp2 -b:a 256k', HIGH_RATES),
  aac: codec('m4a', '-c:a aac -b:a 96k'),
  'aac without a container': codec('aac', '-c:a aac -b:a 96k'),
  'opus in webm': codec('webm', '-c:a libopus -b:a 64k', [48_000]),
  'opus in ogg': codec('ogg', '-c:a libopus -b:a 64k', [48_000]),
  vorbis: codec('ogg', '-c:a libvorbis -q:a 5'),
  'vorbis in matroska': codec('mka', '-c:a libvorbis -q:a 5'),
  ac3: codec('ac3', '-c:a ac3 -b:a 160k', HIGH_RATES),
  // Not WMA itself: at the start of one tone in 2,000 it leaves 40 ms of another, which are a word by themselves.
  'pcm in asf': codec('wma', '-f asf -c:a pcm_s16le'),
}

/** What becomes of the words when a file is made in an odd way. */
type Oddity = (make: Make) => Promise<{ path: string; words: PlacedWord[] }>

interface Make {
  dir: string
  source: string
  words: PlacedWord[]
  seconds: number
  next: () => number
}

const PICTURE = 'testsrc=size=64x48:rate=10'

const late =
  (extension: string): Oddity =>
  async ({ dir, source, words, seconds, next }) => {
    const by = Math.round(next() * 4000) / 1000
    const path = join(dir, `late.${extension}`)
    const picture = ['-f', 'lavfi', '-i', `${PICTURE}:duration=${Math.ceil(seconds + by)}`]
    await ffmpeg([...picture, '-itsoffset', String(by), '-i', source, '-map', '0:v', '-map', '1:a', path])
    return { path, words: words.map((w) => ({ ...w, at: w.at + by })) }
  }

/** The middle of the pause before a word. */
const pauseBefore = (words: readonly PlacedWord[], k: number): number =>
  (words[k - 1]!.at + WORD_LENGTH + words[k]!.at) / 2

const ODDITIES: Record<string, Oddity> = {
  'sound after the picture in mp4': late('mp4'),
  'sound after the picture in matroska': late('mkv'),
  'sound after the picture in a transport stream': late('ts'),
  'an edit list': async ({ dir, source, words, next }) => {
    const whole = join(dir, 'whole.m4a')
    await ffmpeg(['-i', source, '-c:a', 'aac', whole])
    const first = 1 + Math.floor(next() * (words.length - 1))
    const from = pauseBefore(words, first)
    const path = join(dir, 'edited.m4a')
    await ffmpeg(['-ss', String(from), '-i', whole, '-c', 'copy', path])
    return { path, words: words.slice(first).map((w) => ({ ...w, at: w.at - from })) }
  },
  'frames at irregular times': async ({ dir, source, words, seconds }) => {
    const path = join(dir, 'irregular.mkv')
    const irregular = ['-vf', "select='gt(random(1),0.6)'", '-vsync', 'vfr']
    const picture = ['-f', 'lavfi', '-i', `${PICTURE}:duration=${Math.ceil(seconds)}`]
    await ffmpeg([...picture, '-i', source, ...irregular, '-c:a', 'libopus', '-ar', '48000', path])
    return { path, words }
  },
  'a gap in the timestamps': async ({ dir, source, words, next }) => {
    const first = 1 + Math.floor(next() * (words.length - 2))
    const after = Math.min(words.length - 1, first + 1 + Math.floor(next() * 5))
    // In frames of 10 ms, or what is left of a word after a short pause is heard as one.
    const drop = `asetnsamples=160,aselect='not(between(t,${pauseBefore(words, first)},${pauseBefore(words, after)}))'`
    const path = join(dir, 'gap.mkv')
    await ffmpeg(['-i', source, '-af', drop, '-c:a', 'libopus', '-ar', '48000', path])
    return { path, words: [...words.slice(0, first), ...words.slice(after)] }
  },
}

export interface Trial {
  seed: number
  seconds: number
  /** A codec, or what is odd about the file. */
  file: string
  splitter: 'energy' | 'fixed'
  slots: number
  words: number
  kills: number
  lost: number
  /** Doubled, or never said. */
  extra: number
  disordered: number
  /** Of any word's start, seconds. */
  worstError: number
  /** How much later the last words are than the first ones, seconds. */
  drift: number
}

export interface Fidelity {
  run(seed: number, longest: number): Promise<Trial>
  close(): Promise<void>
}

/** @param dir where it may leave files until `close` */
export function fidelity(dir: string): Fidelity {
  const folder = loadModelFolder(writeToneModel(join(dir, 'model')))
  const detector = createSpeechDetector()
  const pools = new Map<number, Promise<EnginePool>>()

  const poolOf = (slots: number): Promise<EnginePool> => {
    const started = pools.get(slots) ?? start(slots)
    pools.set(slots, started)
    return started
  }
  async function start(slots: number): Promise<EnginePool> {
    const startHost = sherpaHosts({ folder, threads: 1 })
    const pool = createPool({ description: folder.description, slots, startHost, restartBaseMs: 1 })
    await pool.start()
    return pool
  }

  async function run(seed: number, longest: number): Promise<Trial> {
    const next = random(seed)
    const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)]!
    // As many short ones as long ones, by order of magnitude.
    const seconds = 8 * (longest / 8) ** next()
    const slots = pick([1, 2, 3, 4])
    const splitter = pick(['energy', 'fixed'] as const)
    const kind = pick([...Object.keys(CODECS), ...Object.keys(ODDITIES)])
    const { path, words } = await makeFile({ kind, seconds, seed, next, pick })
    const pool = await poolOf(slots)
    const killer = killing(pool, next)
    const { transcript } = await transcribeFile(
      {
        engine: {
          places: slots,
          slotStates: pool.slotStates,
          describe: () => ({ ...pool.describe(), splitter }),
        },
        detector,
        probe: probeFile,
        recognise: (pcm, signal, known) => pool.recognise(pcm, known, signal),
      },
      path,
      { signal: new AbortController().signal, maxSeconds: 1e6, onPart: async () => killer.afterPart() },
    )
    await rm(path, { force: true })
    const heard = transcript.segments.flatMap((s) => s.words ?? [])
    const about = { seed, seconds, file: kind, splitter, slots, words: words.length, kills: killer.kills() }
    return { ...about, ...compared(words, heard) }
  }

  async function makeFile({
    kind,
    seconds,
    seed,
    next,
    pick,
  }: {
    kind: string
    seconds: number
    seed: number
    next: () => number
    pick: <T>(all: readonly T[]) => T
  }): Promise<{ path: string; words: PlacedWord[] }> {
    const words = toneProgramme(seed, seconds)
    const source = join(dir, `source-${seed}.wav`)
    await writeFile(source, wav(toneAudio(words, seconds)))
    try {
      const odd = ODDITIES[kind]
      if (odd) return await odd({ dir, source, words, seconds, next })
      const { extension, args, rates } = CODECS[kind]!
      const path = join(dir, `trial-${seed}.${extension}`)
      await ffmpeg(['-i', source, '-ar', String(pick(rates)), '-ac', String(pick([1, 2])), ...args, path])
      return { path, words }
    } finally {
      await rm(source)
    }
  }

  return {
    run,
    async close() {
      await detector.close()
      for (const pool of pools.values()) await (await pool).close(0)
    },
  }
}

/** Kills busy engines now and then; never so soon again that it could be the same part twice. */
function killing(pool: EnginePool, next: () => number): { afterPart(): void; kills(): number } {
  let kills = 0
  /** Parts that ended since the last death was noticed: its own part was the first to be tried again. */
  let since = Number.POSITIVE_INFINITY
  let killed: number | undefined
  return {
    kills: () => kills,
    afterPart() {
      const slots = pool.slotStates()
      if (slots.some(({ pid }) => pid !== null && pid === killed)) return
      since++
      const busy = slots.find((slot) => slot.state === 'busy')
      if (!busy?.pid || since < 2 * pool.slots + 2 || next() > 0.3) return
      process.kill(busy.pid, 'SIGKILL')
      killed = busy.pid
      kills++
      since = 0
    },
  }
}

/** Farther from its place, a word is another one. Seconds. */
const NEAR = 0.2

function compared(
  said: readonly PlacedWord[],
  heard: readonly { word: string; start: number }[],
): Pick<Trial, 'lost' | 'extra' | 'disordered' | 'worstError' | 'drift'> {
  const taken = new Set<number>()
  const errors: number[] = []
  let lost = 0
  let from = 0
  let last = -1
  let disordered = 0
  for (const { word, at } of said) {
    while (from < heard.length && heard[from]!.start < at - 2) from++
    let found = -1
    for (let k = from; k < heard.length && heard[k]!.start < at + 2; k++)
      if (!taken.has(k) && heard[k]!.word === word && Math.abs(heard[k]!.start - at) < NEAR) {
        found = k
        break
      }
    if (found < 0) lost++
    else {
      taken.add(found)
      errors.push(heard[found]!.start - at)
      if (found < last) disordered++
      last = found
    }
  }
  const tenth = Math.max(1, Math.floor(errors.length / 10))
  const mean = (all: number[]): number => all.reduce((sum, e) => sum + e, 0) / Math.max(1, all.length)
  return {
    lost,
    extra: heard.length - taken.size,
    disordered,
    worstError: errors.reduce((worst, e) => Math.max(worst, Math.abs(e)), 0),
    drift: mean(errors.slice(-tenth)) - mean(errors.slice(0, tenth)),
  }
}

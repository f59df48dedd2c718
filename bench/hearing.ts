/**
 * How well and how fast real speech is heard, word times included: the command line, from its start to its end, on
 * `test/fixtures/speech` and on every folder in `EARSHOT_HEARING_SETS` (colons between them): NAME.flac beside
 * NAME.json, `{language, text, seconds, parts?: [{start, text, words?: [{w, start}]}]}`.
 *
 * `EARSHOT_BENCH_PYTHON` names a Python that has faster-whisper: it hears the same with the same weights.
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter, join, parse } from 'node:path'
import { promisify } from 'node:util'
import { programEnv } from '../test/support/server.ts'
import { benchModel, CACHE } from './material.ts'
import { type Figures, median, quantile, table, watchMemory } from './measure.ts'
import { plainWords, type WordErrors, wordErrors } from './word-errors.ts'

const FIXTURES = join(import.meta.dirname, '../test/fixtures/speech')
const PROGRAM = join(import.meta.dirname, '../bin/earshot.js')
const ROUNDS = 2
const MB = 1024 * 1024

interface Truth {
  language: string
  text: string
  seconds: number
  parts?: { start: number; text: string; words?: { w: string; start: number }[] }[]
}

interface Recording {
  name: string
  path: string
  truth: Truth
}

interface Heard {
  system: string
  words: { word: string; start: number }[]
  seconds: number
  bytes: number
}

export async function hearing(): Promise<Figures> {
  const model = await benchModel()
  const recordings = [FIXTURES, ...(process.env.EARSHOT_HEARING_SETS ?? '').split(delimiter)]
    .filter(Boolean)
    .flatMap(recordingsIn)
    // Sets may hold the same recording: once is enough.
    .filter(({ name }, i, all) => all.findIndex((each) => each.name === name) === i)
  const peer = await faster(model, recordings)
  // The model is made ready once, outside of the time.
  await earshot(model, recordings[0]!)
  const all: { recording: Recording; heard: Heard[] }[] = []
  for (const recording of recordings) {
    const rounds: Heard[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push(await earshot(model, recording))
    const best = rounds.reduce((a, b) => (b.seconds < a.seconds ? b : a))
    all.push({ recording, heard: [best, ...(peer.get(recording.path) ?? [])] })
  }
  const rows = all.map(({ recording, heard }) => heard.map((each) => resultOf(recording, each)))
  return { figures: whole(rows.flat()), summary: summaryOf(rows) }
}

const whole = (results: readonly Result[]): string =>
  table(
    [
      'recording',
      'by',
      'errors',
      'wrong, lost, added',
      'starts off by, ms: median, p90',
      'time, s',
      'times real time',
      'memory, MB',
    ],
    results.map((result) => [
      result.name,
      result.system,
      result.share,
      result.errors,
      result.starts ? result.starts.join(', ') : '–',
      result.seconds.toFixed(1),
      (result.length / result.seconds).toFixed(1),
      (result.bytes / MB).toFixed(0),
    ]),
  )

/** A row for each recording, the systems side by side. */
function summaryOf(rows: readonly (readonly Result[])[]): string {
  const cell = ({ share, errors, seconds, starts, said }: Result): string =>
    [
      said > 0 ? share : errors,
      `${seconds.toFixed(1)} s`,
      ...(starts ? [`starts ${starts.join('/')}`] : []),
    ].join(', ')
  const took = rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!.seconds, 0))
  return table(
    ['recording', ...rows[0]!.map(({ system }) => system)],
    [
      ...rows.map((row) => [`${row[0]!.name}, ${row[0]!.length.toFixed(0)} s`, ...row.map(cell)]),
      ['all', ...took.map((seconds) => `${seconds.toFixed(1)} s`)],
    ],
  )
}

function recordingsIn(dir: string): Recording[] {
  return readdirSync(dir)
    .filter((file) => file.endsWith('.flac'))
    .sort()
    .map((file) => {
      const { name } = parse(file)
      const truth = JSON.parse(readFileSync(join(dir, `${name}.json`), 'utf8')) as Truth
      return { name, path: join(dir, file), truth }
    })
}

async function earshot(model: string, { path, truth }: Recording): Promise<Heard> {
  const language = truth.language ? ['--language', truth.language] : []
  const args = [PROGRAM, 'transcribe', '--format', 'json', ...language, path]
  const begin = performance.now()
  const child = spawn(process.execPath, args, {
    env: programEnv(join(CACHE, 'hearing'), { EARSHOT_MODEL: model }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const memory = watchMemory(child.pid!)
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  const seconds = (performance.now() - begin) / 1000
  const bytes = memory.stop()
  if (code !== 0) throw new Error(`earshot transcribe ended with ${code}: ${errors.slice(-500)}`)
  return { system: 'Earshot', words: wordsIn(JSON.parse(output)), seconds, bytes }
}

interface Said {
  words?: Heard['words']
  segments?: { words?: Heard['words'] }[]
}
const wordsIn = ({ words, segments }: Said): Heard['words'] =>
  words ?? (segments ?? []).flatMap((segment) => segment.words ?? [])

/** By the recordings' paths; nothing without a Python for it. */
async function faster(model: string, recordings: readonly Recording[]): Promise<Map<string, Heard[]>> {
  const heard = new Map<string, Heard[]>()
  const python = process.env.EARSHOT_BENCH_PYTHON
  if (!python) return heard
  const settings = [model, availableParallelism(), ROUNDS].map(String)
  const args = [join(import.meta.dirname, 'hearing.py'), ...settings]
  for (const { path, truth } of recordings) args.push(path, truth.language)
  const { stdout } = await promisify(execFile)(python, args, { maxBuffer: 1 << 28 })
  for (const line of stdout.split('\n').filter(Boolean)) {
    const { path, mode, ...rest } = JSON.parse(line) as Omit<Heard, 'system'> & { path: string; mode: string }
    heard.set(path, [...(heard.get(path) ?? []), { system: `faster-whisper, ${mode}`, ...rest }])
  }
  return heard
}

interface Result {
  name: string
  /** Of the recording, seconds. */
  length: number
  system: string
  /** Words that were said. */
  said: number
  /** Words that are wrong, of those that were said. */
  share: string
  /** Wrong, lost and added words. */
  errors: string
  /** By how much words' starts are off, ms: median, 90th percentile; undefined where no true start is known. */
  starts: [median: string, p90: string] | undefined
  seconds: number
  bytes: number
}

function resultOf({ name, truth }: Recording, { system, words, seconds, bytes }: Heard): Result {
  // A word with a hyphen in it is two plain ones, which begin together.
  const heard = words.flatMap(({ word, start }) => plainWords(word).map((plain) => ({ plain, start })))
  const errors = wordErrors(
    plainWords(truth.text),
    heard.map(({ plain }) => plain),
  )
  const { wrong, lost, added } = errors
  const said = errors.words
  return {
    ...{ name, length: truth.seconds, system, said, seconds, bytes },
    share: said > 0 ? `${((100 * (wrong + lost + added)) / said).toFixed(1)} %` : '–',
    errors: said > 0 ? `${wrong}, ${lost}, ${added} of ${said}` : `${added} words invented`,
    starts: startsOff(truth, errors, heard),
  }
}

/** Of the words whose true start is known: all of them, or the first of each part. */
function startsOff(
  truth: Truth,
  { same }: WordErrors,
  heard: readonly { start: number }[],
): Result['starts'] {
  const starts = (truth.parts ?? []).flatMap(({ start, text, words }) =>
    words
      ? words.flatMap(({ w, start: at }) => plainWords(w).map(() => at as number | undefined))
      : plainWords(text).map((_, i) => (i === 0 ? start : undefined)),
  )
  const off = same.flatMap(([said, at]) => {
    const start = starts[said]
    return start === undefined ? [] : [Math.abs(heard[at]!.start - start) * 1000]
  })
  return off.length === 0 ? undefined : [median(off).toFixed(0), quantile(off, 0.9).toFixed(0)]
}

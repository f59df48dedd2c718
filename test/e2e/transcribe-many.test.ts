/** `earshot transcribe` and `earshot watch` with many recordings, as people run them. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startCommand } from '../support/cli.ts'
import { programEnv, testFolder } from '../support/server.ts'
import { type PlacedWord, toneAudio, toneProgramme, wav } from '../support/tone.ts'

let folder: Awaited<ReturnType<typeof testFolder>>
let home: string

const recordings = [1, 2, 3].map((k) => toneProgramme(40 + k, 10))
const sound = (words: PlacedWord[]): Buffer => wav(toneAudio(words, 10))
const said = (words: PlacedWord[]): string => `${words.map(({ word }) => word).join(' ')}\n`

beforeAll(async () => {
  folder = await testFolder('fixed')
  home = join(folder.model, '..')
  mkdirSync(folder.dataDir)
})
afterAll(() => folder?.remove())

const env = () => programEnv(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
const run = (args: string[], cwd: string, input?: Buffer) =>
  startCommand(args, { env: env(), cwd, ...(input && { input }) }).ended

/** A folder with one recording in it and two below, and things that are none. */
function library(name: string): string {
  const dir = join(home, name)
  mkdirSync(join(dir, 'deep/er'), { recursive: true })
  mkdirSync(join(dir, '.hidden'))
  writeFileSync(join(dir, 'one.wav'), sound(recordings[0]!))
  writeFileSync(join(dir, 'deep/two.WAV'), sound(recordings[1]!))
  writeFileSync(join(dir, 'deep/er/three.wav'), sound(recordings[2]!))
  writeFileSync(join(dir, '.hidden/four.wav'), sound(recordings[2]!))
  writeFileSync(join(dir, 'notes.txt'), 'not a recording')
  writeFileSync(join(dir, 'code.ts'), 'export {}')
  return dir
}

describe('a folder', () => {
  it('becomes files beside its recordings, whose names are printed; what is done is skipped', async () => {
    const dir = library('beside')
    const first = await run(['transcribe', '.', '--format', 'txt,srt'], dir)
    const files = ['one', 'deep/two', 'deep/er/three'].flatMap((name) => [`${name}.txt`, `${name}.srt`])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout.trim().split('\n').sort()).toEqual([...files].sort())
    expect(readFileSync(join(dir, 'deep/er/three.txt'), 'utf8')).toBe(said(recordings[2]!))
    expect(existsSync(join(dir, '.hidden/four.txt'))).toBe(false)
    expect(readdirSync(dir).filter((name) => name.startsWith('.'))).toEqual(['.hidden'])

    expect(await run(['transcribe', '.', '--format', 'txt,srt'], dir)).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    })
    // A newer recording is another one.
    const later = new Date(Date.now() + 60_000)
    utimesSync(join(dir, 'one.wav'), later, later)
    expect((await run(['transcribe', '.', '--format', 'txt,srt'], dir)).stdout).toBe('one.txt\none.srt\n')
  })

  it('becomes the same folders below that of -o', async () => {
    const dir = library('elsewhere')
    const { code } = await run(['transcribe', dir, '-o', 'out', '--format', 'vtt', '--format', 'md'], home)
    expect(code).toBe(0)
    expect((readdirSync(join(home, 'out'), { recursive: true }) as string[]).sort()).toEqual([
      'deep',
      'deep/er',
      'deep/er/three.md',
      'deep/er/three.vtt',
      'deep/two.md',
      'deep/two.vtt',
      'one.md',
      'one.vtt',
    ])
  })

  it('with nothing in it is an error', async () => {
    mkdirSync(join(home, 'empty'))
    const { code, stderr } = await run(['transcribe', 'empty'], home)
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'earshot: there is no audio or video in empty\n' })
  })
})

describe('several recordings', () => {
  it('of one name do not overwrite each other', async () => {
    const dir = join(home, 'twins')
    mkdirSync(dir)
    writeFileSync(join(dir, 'a.wav'), sound(recordings[0]!))
    writeFileSync(join(dir, 'a.wave.wav'), sound(recordings[1]!))
    writeFileSync(join(dir, 'a.mkv'), sound(recordings[2]!))
    expect((await run(['transcribe', 'a.wav', 'a.mkv', 'a.wave.wav', 'a.wav'], dir)).code).toBe(0)
    const texts = readdirSync(dir).filter((name) => name.endsWith('.txt'))
    expect(texts.sort()).toEqual(['a.mkv.txt', 'a.wav.txt', 'a.wave.txt'])
    expect(readFileSync(join(dir, 'a.mkv.txt'), 'utf8')).toBe(said(recordings[2]!))
  })

  it('are printed in their order with -o -', async () => {
    const dir = library('printed')
    const args = ['transcribe', 'deep/er/three.wav', 'one.wav', 'deep/two.WAV', '-o', '-']
    const { stdout, stderr } = await run(args, dir)
    expect({ stdout, stderr }).toEqual({
      stdout: [2, 0, 1].map((k) => said(recordings[k]!)).join(''),
      stderr: '',
    })
  })

  it('go on where one of them fails; it is named, and the exit code is 1', async () => {
    const dir = library('broken')
    writeFileSync(join(dir, 'bad.wav'), 'this is no sound')
    const { code, stdout, stderr } = await run(['transcribe', 'bad.wav', 'one.wav'], dir)
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'one.txt\n' })
    expect(stderr).toMatch(/^earshot: bad\.wav: [^\n]+\n$/)
    expect(existsSync(join(dir, 'bad.txt'))).toBe(false)
  })
})

describe('one recording', () => {
  it('through a pipe', async () => {
    expect(await run(['transcribe', '-'], home, sound(recordings[0]!))).toEqual({
      code: 0,
      stdout: said(recordings[0]!),
      stderr: '',
    })
  })

  it('into a file, whose name says the format, and which is written anew', async () => {
    const dir = library('named')
    for (const [name, begin] of [
      ['new/a.srt', '1\n00:00'],
      ['a.json', '{\n'],
      ['a.docx', 'PK'],
      ['a.unknown', recordings[0]![0]!.word],
    ] as const) {
      mkdirSync(join(dir, 'new'), { recursive: true })
      writeFileSync(join(dir, name), 'old')
      expect(await run(['transcribe', 'one.wav', '-o', name], dir)).toMatchObject({
        code: 0,
        stdout: `${name}\n`,
      })
      expect(readFileSync(join(dir, name), 'latin1').startsWith(begin)).toBe(true)
    }
  })
})

it('--json tells progress that never falls, and results, a line each', async () => {
  const dir = library('lines')
  writeFileSync(join(dir, 'bad.wav'), 'this is no sound')
  const { code, stdout, stderr } = await run(['transcribe', '.', '--json', '--format', 'json,txt'], dir)
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  const before = new Map<unknown, number>()
  for (const { type, input, progress } of lines) {
    if (type !== 'progress') continue
    expect(progress).toBeGreaterThan(before.get(input) ?? -1)
    before.set(input, progress as number)
  }
  const results = lines.filter(({ type }) => type === 'result')
  expect(results).toHaveLength(3)
  expect(results.find(({ input }) => input === 'one.wav')).toMatchObject({
    files: ['one.json', 'one.txt'],
    durationSeconds: 10,
  })
  expect(lines.filter(({ type }) => type === 'error')).toMatchObject([{ input: 'bad.wav' }])

  const [last] = (await run(['transcribe', 'one.wav', '--json'], dir)).stdout.trim().split('\n').slice(-1)
  expect(JSON.parse(last!)).toMatchObject({
    type: 'result',
    transcript: { text: said(recordings[0]!).trim() },
  })
})

it('goes on after Ctrl-C with the parts that were heard', async () => {
  const dir = join(home, 'interrupted')
  mkdirSync(dir)
  const words = toneProgramme(50, 1800)
  writeFileSync(join(dir, 'long.wav'), wav(toneAudio(words, 1800)))
  const unfinished = join(folder.dataDir, 'unfinished')
  const parts = (): string[] =>
    readdirSync(unfinished).flatMap((name) =>
      readFileSync(join(unfinished, name), 'utf8').split('\n').slice(0, -1),
    )
  const first = startCommand(['transcribe', 'long.wav'], { env: env(), cwd: dir })
  await vi.waitUntil(() => existsSync(unfinished) && parts().length >= 2, { timeout: 60_000, interval: 10 })
  first.kill('SIGINT')
  expect(await first.ended).toEqual({
    code: 130,
    stdout: '',
    stderr: 'earshot: interrupted; the same command goes on from here\n',
  })
  // What stands there is what is taken: a word that nobody said shows it. The last line may be cut off.
  const [name = ''] = readdirSync(unfinished)
  const { word } = words[0]!
  const stored = readFileSync(join(unfinished, name), 'utf8')
  writeFileSync(join(unfinished, name), stored.replace(`"word":"${word}"`, '"word":"resumed"'))
  appendFileSync(join(unfinished, name), '{"part":{"ind')
  const { code, stdout } = await run(['transcribe', 'long.wav'], dir)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^resumed /)
  expect(stdout.split(' ').slice(1).join(' ')).toBe(said(words).split(' ').slice(1).join(' '))
  expect(readdirSync(unfinished)).toEqual([])
})

it('watch writes files beside what comes into a folder, and what is there when it begins', async () => {
  const dir = join(home, 'watched')
  mkdirSync(join(dir, 'series'), { recursive: true })
  writeFileSync(join(dir, 'old.wav'), sound(recordings[0]!))
  const watch = startCommand(['watch', dir, '--every', '1'], { env: env() })
  const written = (name: string) =>
    vi.waitUntil(() => watch.stdout().includes(join(dir, name)), { timeout: 90_000, interval: 50 })
  await written('old.txt')
  writeFileSync(join(dir, 'bad.wav'), 'no sound')
  const bytes = sound(recordings[1]!)
  writeFileSync(join(dir, 'series/new.wav'), bytes.subarray(0, 1000))
  appendFileSync(join(dir, 'series/new.wav'), bytes.subarray(1000))
  await written('series/new.txt')
  expect(readFileSync(join(dir, 'series/new.txt'), 'utf8')).toBe(said(recordings[1]!))
  expect(readFileSync(join(dir, 'old.srt'), 'utf8')).toMatch(/^1\n00:00/)
  await vi.waitUntil(() => watch.stderr() !== '', { timeout: 60_000 })
  watch.kill('SIGTERM')
  const { code, stdout, stderr } = await watch.ended
  expect(code).toBe(0)
  expect(stdout.trim().split('\n')).toHaveLength(4)
  expect(stderr).toMatch(/^earshot: \S+bad\.wav: [^\n]+\n$/)
})

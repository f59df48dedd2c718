/** Videos with their subtitles drawn in, by the real program and the real ffmpeg. */
import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CapabilitiesReply, MediaItem } from '../../src/contract/native.ts'
import type { MakeVideoBody, VideoReply } from '../../src/contract/videos.ts'
import { lackingForVideos } from '../../src/pipeline/videos/able.ts'
import { charactersWithoutFont } from '../../src/pipeline/videos/fonts.ts'
import { FEW_FONTS, fontsOf } from '../support/fonts.ts'
import { makeMedia } from '../support/media.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { alive, commandOf, descendantsOf } from '../support/processes.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme } from '../support/tone.ts'

const execute = promisify(execFile)
const SECONDS = 8
const [WIDTH, HEIGHT] = [640, 360]
/** Plain grey, so that whatever is drawn is seen. */
const GREY = ['-vf', `scale=${WIDTH}:${HEIGHT},lutrgb=r=90:g=90:b=90,setsar=1`]
const SAID = [{ start: 1, end: 2.5, text: 'Good morning, everybody.' }]
const ODD_NAME = `it's [v];,:"%{n}\\N {\\b1}.mp4`

let folder: Awaited<ReturnType<typeof testFolder>>
let tools: string
let server: TestServer
let client: NativeClient
let apiKey: string
/** Of a film, and of sound alone. */
let film: string
let sound: string

/** An ffmpeg that waits before it draws while there is a file `hold`, and knows nothing of subtitles beside `lacking`. */
async function writeFfmpeg(): Promise<void> {
  const { stdout } = await execute('sh', ['-c', 'command -v ffmpeg'])
  const script = `#!/bin/sh
if [ -e '${tools}/lacking' ] && [ "$2" = -filters ]; then ${stdout.trim()} "$@" | grep -v ' ass '; exit 0; fi
case "$*" in *video.mp4*) while [ -e '${tools}/hold' ]; do sleep 0.1; done ;; esac
exec ${stdout.trim()} "$@"
`
  writeFileSync(join(tools, 'ffmpeg'), script)
  chmodSync(join(tools, 'ffmpeg'), 0o755)
}

const hold = (held: boolean): void =>
  held ? writeFileSync(join(tools, 'hold'), '') : rmSync(join(tools, 'hold'), { force: true })

async function begin(fonts: Record<string, string> = {}): Promise<void> {
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    PATH: `${tools}:${process.env.PATH}`,
    ...fonts,
  })
  client = nativeClient(server.origin, apiKey)
}

async function transcribed(path: string, name: string): Promise<string> {
  const form = new FormData()
  form.set('file', new Blob([await readFile(path)]), name)
  const sent = await client.raw('/media', {
    method: 'POST',
    body: form,
    headers: { 'soku-api-key': apiKey },
  })
  const media = (await sent.json()) as MediaItem
  expect(media).toHaveProperty('mediaId')
  const { mediaId } = media
  const { body } = await client.call<{ id: string }>('POST', '/transcriptions', { mediaId })
  expect(body).toHaveProperty('id')
  const { id, state, version } = await client.ended(body.id)
  expect(state).toBe('succeeded')
  expect((await client.call('PATCH', `/transcriptions/${id}`, { segments: SAID, version })).status).toBe(200)
  return id
}

beforeAll(async () => {
  folder = await testFolder()
  tools = join(folder.dataDir, '../tools')
  mkdirSync(tools, { recursive: true })
  await writeFfmpeg()
  apiKey = (await newAccount(folder.dataDir)).apiKey
  await begin()
  const pcm = toneAudio(toneProgramme(1, SECONDS), SECONDS)
  const made = await makeMedia(tools, pcm, { format: 'mp4', extra: GREY })
  film = await transcribed(made, ODD_NAME)
  sound = await transcribed(await makeMedia(tools, pcm, { format: 'mp3' }), 'talk.mp3')
}, 300_000)
afterAll(async () => {
  await server?.stop()
  rmSync(tools, { recursive: true, force: true })
  await folder?.remove()
})
vi.setConfig({ testTimeout: 300_000 })

const path = (id: string): string => `/transcriptions/${id}/video`
const read = async (id: string): Promise<VideoReply['video']> =>
  (await client.call<VideoReply>('GET', path(id))).body.video

/** Once it has ended. */
async function made(id: string, options?: MakeVideoBody): Promise<NonNullable<VideoReply['video']>> {
  if (options) expect((await client.call('POST', path(id), options)).status).toBe(202)
  return vi.waitUntil(
    async () => {
      const video = await read(id)
      return video?.finishedAt ? video : undefined
    },
    { timeout: 240_000, interval: 100 },
  )
}

async function saved(id: string): Promise<string> {
  const answer = await client.raw(`${path(id)}/content`)
  expect(answer.status).toBe(200)
  const file = join(tools, `${id}.mp4`)
  writeFileSync(file, new Uint8Array(await answer.arrayBuffer()))
  return file
}

/** The brightest pixel of each tenth of the picture's height, from the top. */
async function brightness(file: string, seconds: number): Promise<number[]> {
  const args = ['-v', 'error', '-ss', String(seconds), '-i', file, '-frames:v', '1', '-f', 'rawvideo']
  const { stdout } = await execute('ffmpeg', [...args, '-pix_fmt', 'gray', '-'], {
    encoding: 'buffer',
    maxBuffer: 1 << 26,
  })
  const band = stdout.length / 10
  return Array.from({ length: 10 }, (_, k) =>
    stdout.subarray(Math.floor(k * band), Math.floor((k + 1) * band)).reduce((a, b) => Math.max(a, b), 0),
  )
}

const isWhite = (band: number): boolean => band > 200

async function streamsOf(file: string): Promise<string[]> {
  const args = ['-v', 'error', '-show_entries', 'stream=codec_name,width,height', '-of', 'csv=p=0', file]
  return (await execute('ffprobe', args)).stdout.trim().split('\n')
}

/** The program that draws, if there is one. */
const drawing = (): number | undefined => {
  return descendantsOf(server.pid).find((pid) => commandOf(pid).includes('video.mp4'))
}
const drawingBegins = (): Promise<number> => vi.waitUntil(drawing, { timeout: 120_000, interval: 50 })
const left = (): string[] => readdirSync(join(folder.dataDir, 'work'))

describe('a video with its subtitles', () => {
  it('shows them at their time, below, and nothing where nobody speaks', async () => {
    expect((await client.call<CapabilitiesReply>('GET', '/capabilities')).body.makesVideos).toBe(true)
    expect(await read(film)).toBeNull()
    const video = await made(film, {})
    expect(video).toMatchObject({ state: 'succeeded', pct: 100, version: 1, error: null })
    expect(video.options).toMatchObject({ lines: 2, speakers: true, size: 'medium', position: 'bottom' })
    const file = await saved(film)
    expect((await readFile(file)).length).toBe(video.bytes)
    expect(await streamsOf(file)).toEqual([`h264,${WIDTH},${HEIGHT}`, 'aac'])
    const shown = await brightness(file, 1.5)
    expect(shown.slice(8).some(isWhite)).toBe(true)
    expect(shown.slice(0, 8).some(isWhite)).toBe(false)
    for (const silent of [0.5, 6]) expect((await brightness(file, silent)).some(isWhite)).toBe(false)
    expect(left()).toEqual([])
  })

  it('is sent as a file to keep, whole or in ranges', async () => {
    const content = `${path(film)}/content`
    const head = await client.raw(content, { method: 'HEAD' })
    expect(head.headers.get('content-type')).toBe('video/mp4')
    expect(head.headers.get('content-disposition')).toMatch(/^attachment; filename/)
    const size = Number(head.headers.get('content-length'))
    const part = await client.raw(content, { headers: { range: 'bytes=4-11' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 4-11/${size}`)
    expect(Buffer.from(await part.arrayBuffer()).toString()).toMatch(/^ftyp/)
    const again = await client.raw(content, { headers: { 'if-none-match': head.headers.get('etag')! } })
    expect(again.status).toBe(304)
  })

  it('stands above where that is asked for, and what is in the text says nothing to libass', async () => {
    const { body } = await client.call<{ version: number }>('GET', `/transcriptions/${film}`)
    const text = '{\\an2\\fs90\\pos(320,300)}a\\N\\N\\N\\N\\N\\N\\Nb {\\an2} \\h }{'
    const segments = [
      { start: 1, end: 2.5, text },
      { start: 4, end: 5, text: 'x\nDialogue: 0,0:00:00.00,9:00:00.00,Default,,0,0,0,,{\\an2}injected' },
    ]
    const edit = await client.call('PATCH', `/transcriptions/${film}`, { segments, version: body.version })
    expect(edit.status).toBe(200)
    expect(await made(film, { position: 'top', size: 'small' })).toMatchObject({ state: 'succeeded' })
    const file = await saved(film)
    for (const at of [1.5, 4.5]) {
      const shown = await brightness(file, at)
      expect(shown.slice(0, 4).some(isWhite)).toBe(true)
      expect(shown.slice(4).some(isWhite)).toBe(false)
    }
    expect((await brightness(file, 0.5)).some(isWhite)).toBe(false)
  })

  it('of sound alone has a plain picture', async () => {
    expect(await made(sound, { speakers: false })).toMatchObject({ state: 'succeeded' })
    const file = await saved(sound)
    expect(await streamsOf(file)).toEqual(['h264,1280,720', 'aac'])
    expect((await brightness(file, 1.5)).slice(8).some(isWhite)).toBe(true)
    expect((await brightness(file, 0.5)).some(isWhite)).toBe(false)
  })

  it('is made after the server was killed in the middle of it', async () => {
    hold(true)
    expect((await client.call('POST', path(film), {})).status).toBe(202)
    const program = await drawingBegins()
    await server.kill()
    await vi.waitUntil(() => !alive(program), { timeout: 60_000 })
    hold(false)
    await begin()
    expect(await made(film)).toMatchObject({ state: 'succeeded', error: null })
    expect((await brightness(await saved(film), 1.5)).some(isWhite)).toBe(true)
    await vi.waitUntil(() => left().length === 0, { timeout: 60_000 })
  })

  it('can be cancelled while it is made, and removed', async () => {
    hold(true)
    expect((await client.call('POST', path(film), {})).status).toBe(202)
    const program = await drawingBegins()
    expect((await client.raw(`${path(film)}/content`)).status).toBe(404)
    expect((await client.call('DELETE', path(film))).status).toBe(204)
    expect(await read(film)).toBeNull()
    await vi.waitUntil(() => !alive(program), { timeout: 60_000 })
    hold(false)
    await vi.waitUntil(() => left().length === 0, { timeout: 60_000 })
    await made(film, {})
    const files = (): string[] =>
      readdirSync(join(folder.dataDir, 'store'), { recursive: true }).filter((name) =>
        /vid_\w+-\d+$/.test(String(name)),
      ) as string[]
    expect(files()).toHaveLength(2)
    expect((await client.call('DELETE', path(film))).status).toBe(204)
    expect(files()).toHaveLength(1)
    expect(await client.call('DELETE', path(film))).toMatchObject({ status: 404 })
    // The other one goes with its transcription.
    expect((await client.call('DELETE', `/transcriptions/${sound}`)).status).toBe(200)
    expect(files()).toHaveLength(0)
  })

  it('says what is wrong', async () => {
    for (const [field, value] of [
      ['size', 'huge'],
      ['position', 'left'],
      ['lineLength', 1000],
      ['lines', 3],
    ])
      expect(await client.call('POST', path(film), { [field as string]: value })).toMatchObject({
        status: 400,
        body: { error: { details: { field } } },
      })
    const stranger = nativeClient(server.origin, (await newAccount(folder.dataDir)).apiKey)
    for (const [method, at] of [
      ['POST', path(film)],
      ['GET', path(film)],
      ['GET', `${path(film)}/content`],
      ['DELETE', path(film)],
    ] as const)
      expect(await stranger.call(method, at, method === 'POST' ? {} : undefined)).toMatchObject({
        status: 404,
      })
  })

  it.skipIf(!FEW_FONTS)('is said beforehand to want a font, where the server has none', async () => {
    expect((await client.call<VideoReply>('GET', path(film))).body.withoutFont).toEqual([])
    const { body } = await client.call<{ version: number }>('GET', `/transcriptions/${film}`)
    // Of Cherokee no letter, of Latin one that few fonts have.
    const text = 'Hello: สวัสดี, 日は! ᏣᎳ ꞵ'
    const segments = [{ start: 1, end: 2, text, speaker: 'Ελλάδα' }]
    await client.call('PATCH', `/transcriptions/${film}`, { segments, version: body.version })
    await server.stop()
    await begin(fontsOf(FEW_FONTS!, tools))
    const told = await vi.waitUntil(
      async () => {
        const { withoutFont } = (await client.call<VideoReply>('GET', path(film))).body
        return withoutFont.length > 0 && withoutFont
      },
      { timeout: 60_000, interval: 200 },
    )
    expect(told).toEqual([
      { script: 'Thai', letters: 'สวัดี' },
      { script: 'Jpan', letters: '日は' },
      { script: 'Cher', letters: 'ᏣᎳ' },
      { script: 'Latn', letters: 'ꞵ' },
    ])
    // As it turns out, if it is asked for all the same.
    expect(await made(film, {})).toMatchObject({ state: 'failed', error: { code: 'video.no_font' } })
  })

  it('is refused where ffmpeg cannot draw', async () => {
    await server.stop()
    writeFileSync(join(tools, 'lacking'), '')
    await begin()
    await vi.waitUntil(
      async () => !(await client.call<CapabilitiesReply>('GET', '/capabilities')).body.makesVideos,
      { timeout: 60_000 },
    )
    expect(await client.call('POST', path(film), {})).toMatchObject({
      status: 400,
      body: { error: { details: { reasonCode: 'video.unavailable' } } },
    })
    expect(await lackingForVideos(join(tools, 'ffmpeg'))).toBe('libass')
  })
})

describe('the fonts of a machine', () => {
  const never = new AbortController().signal
  afterAll(() => vi.unstubAllEnvs())

  it('have what they have', async () => {
    expect(await charactersWithoutFont('Good morning, {\\N} everybody: 7 %', tools, never)).toEqual(new Set())
  })

  it.skipIf(!FEW_FONTS)('lack what none of them has', async () => {
    vi.stubEnv('FONTCONFIG_FILE', fontsOf(FEW_FONTS!, tools).FONTCONFIG_FILE)
    const lacking = await charactersWithoutFont('Hello, Ελλάδα, مرحبا, שלום: สวัสดี 日', tools, never)
    expect(lacking).toEqual(new Set('สวัดี日'))
    const many = Array.from({ length: 5000 }, (_, k) => String.fromCodePoint(0x4e00 + k)).join('')
    expect((await charactersWithoutFont(many, tools, never)).size).toBeGreaterThan(50)
  })

  it('lack everything where there are none', async () => {
    vi.stubEnv('FONTCONFIG_FILE', fontsOf(join(tools, 'no-fonts'), tools).FONTCONFIG_FILE)
    expect(await charactersWithoutFont('Hello', tools, never)).toEqual(new Set('Helo'))
  })
})

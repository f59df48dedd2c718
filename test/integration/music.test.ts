/** `likelyLyrics` listens: the same words are a song's where there is music under them. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMusicDetector } from '../../src/adapters/music-detector/index.ts'
import { musicIn } from '../../src/pipeline/music.ts'
import { transcribe, upload } from '../support/client.ts'
import { ffmpeg, makeMedia } from '../support/media.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { withHum, writeTagger } from '../support/tagger.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const SECONDS = 40
const words = toneProgramme(21, SECONDS)
const spoken = toneAudio(words, SECONDS)
const sung = withHum(spoken)
const never = new AbortController().signal

let folder: Awaited<ReturnType<typeof testFolder>>
let tagger: string
beforeAll(async () => {
  folder = await testFolder()
  tagger = writeTagger(join(folder.dataDir, '../tagger'))
})
afterAll(() => folder?.remove())

describe('the detector', () => {
  it('tells music from speech', async () => {
    const [music, speech] = await createMusicDetector(tagger).hear([sung, spoken], never)
    expect(music).toBeGreaterThan(0.9)
    expect(speech).toBeLessThan(0.1)
  })

  it('says what is the matter with a model that cannot be used', async () => {
    expect(() => createMusicDetector(folder.model)).toThrow(/needs model\.int8\.onnx or model\.onnx, and/)
    const broken = writeTagger(join(folder.dataDir, '../broken'))
    await writeFile(join(broken, 'model.onnx'), 'not a model')
    await expect(createMusicDetector(broken).hear([spoken], never)).rejects.toThrow('the audio tagger')
  })

  it('stops when told to', async () => {
    const stop = new AbortController()
    const heard = createMusicDetector(tagger).hear([spoken], stop.signal)
    stop.abort()
    await expect(heard).rejects.toThrow('SIGKILL')
  })
})

it('is heard in any format, in excerpts from the beginning to the end', async () => {
  const half = spoken.slice()
  half.set(sung.subarray(0, half.length / 2))
  const path = await makeMedia(join(folder.dataDir, '..'), half, { format: 'mp4' })
  const heard = { track: 1, durationSeconds: SECONDS }
  expect(await musicIn(createMusicDetector(tagger), path, heard, never)).toBeCloseTo(0.5, 1)
})

it('is listened for in the track that was transcribed', async () => {
  const dir = join(folder.dataDir, '..')
  const [first, second, both] = ['first.wav', 'second.wav', 'both.mkv'].map((name) => join(dir, name))
  await writeFile(first!, wav(spoken))
  await writeFile(second!, wav(sung))
  await ffmpeg(['-i', first!, '-i', second!, '-map', '0', '-map', '1', '-c:a', 'flac', both!])
  const detector = createMusicDetector(tagger)
  const inTrack = (track: number) => musicIn(detector, both!, { track, durationSeconds: SECONDS }, never)
  expect(await inTrack(1)).toBeLessThan(0.1)
  expect(await inTrack(2)).toBeGreaterThan(0.9)
})

describe('likelyLyrics', () => {
  let server: TestServer
  let apiKey: string
  beforeAll(async () => {
    const env = { EARSHOT_MODEL: folder.model, EARSHOT_TAGGER: tagger, EARSHOT_SLOTS: '1' }
    server = await startServer(folder.dataDir, env)
    apiKey = (await newAccount(folder.dataDir)).apiKey
  })
  afterAll(() => server?.stop())

  it.each([
    ['with music', sung, true],
    ['without', spoken, false],
  ])('%s', async (_, pcm, likelyLyrics) => {
    const file = await upload(server.origin, apiKey, new Uint8Array(wav(pcm)))
    const { body } = await transcribe(server.origin, apiKey, { mediaId: file.body.mediaId })
    expect(body).toMatchObject({ transcript: words.map(({ word }) => word).join(' '), likelyLyrics })
  })
})

it('a wrong folder ends the start with one line', async () => {
  const env = { EARSHOT_MODEL: folder.model, EARSHOT_TAGGER: '/nowhere' }
  const { code, stderr } = await earshot(join(folder.dataDir, '../other'), ['serve'], env)
  expect(code).toBe(1)
  expect(stderr).toMatch(/the audio tagger’s folder \/nowhere needs/)
})

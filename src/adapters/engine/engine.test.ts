import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toneAudio, writeToneModel } from '../../../test/support/tone.ts'
import { writeToneWhisper } from '../../../test/support/tone-whisper.ts'
import { engineContract } from './engine.contract.ts'
import { findPocketSphinx } from './pocketsphinx/find.ts'
import { POCKETSPHINX, pocketSphinxHosts } from './pocketsphinx/hosts.ts'
import { sherpaHosts } from './sherpa/hosts.ts'
import { loadModelFolder } from './sherpa/model-folder.ts'
import { createPool } from './supervision/pool.ts'
import { loadWhisperFolder } from './whisper/folder.ts'
import { WHISPER_BATCH, whisperHosts } from './whisper/hosts.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'earshot-engines-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

engineContract('sherpa-onnx', () => ({
  async start() {
    const folder = loadModelFolder(writeToneModel(join(dir, 'tone')))
    const startHost = sherpaHosts({ folder, threads: 1 })
    const pool = createPool({ description: folder.description, slots: 2, startHost })
    await pool.start()
    return pool
  },
  speech: {
    pcm: toneAudio([
      { word: 'three', at: 0.4 },
      { word: 'one', at: 1.1 },
      { word: 'four', at: 1.6 },
    ]),
    words: ['three', 'one', 'four'],
    firstAt: 0.4,
    tolerance: 0.06,
  },
}))

engineContract('Whisper', () => ({
  async start() {
    const folder = loadWhisperFolder(writeToneWhisper(join(dir, 'whisper')))
    const startHost = whisperHosts({ folder, graphsDir: join(dir, 'graphs'), threads: 1 }, () => {})
    const { description } = folder
    const pool = createPool({ description, slots: 2, batch: WHISPER_BATCH, startHost })
    await pool.start()
    return pool
  },
  speech: {
    pcm: toneAudio(
      [
        { word: 'three', at: 0.4 },
        { word: 'one', at: 1.6 },
        { word: 'four', at: 3.5 },
      ],
      9,
    ),
    words: ['three', 'one', 'four'],
    // Without the voice detector the silence before the first word is taken for a part of it.
    firstAt: 0.2,
    tolerance: 0.25,
  },
}))

const sphinx = findPocketSphinx()
const hasFlite = spawnSync('flite', ['--version']).error === undefined
if (!sphinx || !hasFlite) console.warn('PocketSphinx or flite is not installed: the stand-in is not tested')

function spoken(text: string): Int16Array {
  const path = join(mkdtempSync(join(tmpdir(), 'earshot-flite-')), 'spoken.wav')
  spawnSync('flite', ['-voice', 'rms', '-t', text, '-o', path])
  const file = readFileSync(path)
  rmSync(join(path, '..'), { recursive: true })
  const data = file.indexOf('data') + 8
  return new Int16Array(file.buffer.slice(file.byteOffset + data, file.byteOffset + file.length))
}

describe.runIf(sphinx && hasFlite)('PocketSphinx', () => {
  const speech = hasFlite ? spoken('the quick brown fox jumps over the lazy dog') : new Int16Array(0)

  engineContract('PocketSphinx', () => ({
    async start() {
      const pool = createPool({ description: POCKETSPHINX, slots: 2, startHost: pocketSphinxHosts(sphinx!) })
      await pool.start()
      return pool
    },
    speech: { pcm: speech, words: ['brown', 'fox', 'dog'], firstAt: 0.13, tolerance: 0.2 },
  }))

  it('says that it is a stand-in', () => {
    expect(POCKETSPHINX.standIn).toBe(true)
  })

  it('says in one line what is wrong with it when it cannot be had', async () => {
    const startHost = pocketSphinxHosts({ ...sphinx!, modelDir: join(dir, 'nothing') })
    const pool = createPool({ description: POCKETSPHINX, slots: 1, startHost })
    await expect(pool.start()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^PocketSphinx ended with .*$/),
    })
  })
})

describe('findPocketSphinx', () => {
  it('finds nothing on an empty PATH', () => {
    expect(findPocketSphinx('')).toBeNull()
  })
})

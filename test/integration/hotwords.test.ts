/** A prompt's words through the real engine, with a transducer that hears two words in one tone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withHotwords } from '../../src/adapters/engine/sherpa/hotwords.ts'
import { loadModelFolder, type ModelFolder } from '../../src/adapters/engine/sherpa/model-folder.ts'
import { loadRecogniser } from '../../src/adapters/engine/sherpa/recogniser.ts'
import type { CapabilitiesReply, TranscriptionReply } from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { scratch } from '../support/media.ts'
import { nativeClient } from '../support/native.ts'
import { newAccount, startServer } from '../support/server.ts'
import { toneAudio, wav, writeToneModel } from '../support/tone.ts'
import { writeToyTransducer } from '../support/transducer.ts'

let folder: ModelFolder
let dir: string
let dispose: () => Promise<void>
beforeAll(async () => {
  ;({ dir, dispose } = await scratch())
  folder = loadModelFolder(writeToyTransducer(dir))
})
afterAll(() => dispose())

const pcm = toneAudio(
  [
    { word: 'two', at: 0.5 },
    { word: 'four', at: 1.5 },
    { word: 'six', at: 2.5 },
  ],
  4,
)
const heard = async (model: ModelFolder, prompt?: string) =>
  (await loadRecogniser({ folder: model, threads: 1 }))(pcm, prompt === undefined ? {} : { prompt })

describe('a transducer that looks out for hotwords', () => {
  it('writes the word without a prompt, and the name with it, at its time', async () => {
    const listening = withHotwords(folder)
    expect(listening.description.prompts).toBe(true)
    expect((await heard(listening)).text).toBe('two four six')
    const named = await heard(listening, 'Gabriel Faure, Nadia; Faure')
    expect(named.text).toBe('two Faure six')
    expect(named.words?.[1]).toMatchObject({ word: 'Faure' })
    expect(named.words?.[1]?.start).toBeCloseTo(1.5, 1)
  })

  it('looks out part by part: one prompt leaves nothing to the next', async () => {
    const recognise = await loadRecogniser({ folder: withHotwords(folder), threads: 1 })
    const texts = []
    for (const prompt of ['Faure', undefined, 'somebody else', 'FAURE'])
      texts.push((await recognise(pcm, prompt === undefined ? {} : { prompt })).text)
    expect(texts).toEqual(['two Faure six', 'two four six', 'two four six', 'two four six'])
  })

  it('passes over what it cannot write, and what means something to sherpa-onnx', async () => {
    const prompt = '福雷, :5.0, #1, @Faure/x, ///, Qz, Faure'
    expect((await heard(withHotwords(folder), prompt)).text).toBe('two Faure six')
  })

  it('does so only where the operator wants it, and the model can', async () => {
    expect((await heard(folder, 'Faure')).text).toBe('two four six')
    const other = loadModelFolder(writeToneModel(`${dir}/tones`))
    expect(withHotwords(other).description.prompts).toBe(false)
  })
})

it('is asked for with `prompt`, and says so among the capabilities', async () => {
  const dataDir = `${dir}/data`
  const server = await startServer(dataDir, {
    EARSHOT_MODEL: dir,
    EARSHOT_SLOTS: '1',
    EARSHOT_HOTWORDS: 'on',
  })
  try {
    const { apiKey } = await newAccount(dataDir)
    const client = nativeClient(server.origin, apiKey)
    const able = await client.call<CapabilitiesReply>('GET', '/capabilities')
    expect(able.body.models).toMatchObject([{ prompts: true }])
    const media = await upload(server.origin, apiKey, new Uint8Array(wav(pcm)))
    const texts = []
    for (const wish of [{}, { prompt: 'Gabriel, Faure' }]) {
      const body = { mediaId: media.body.mediaId, ...wish }
      const { body: made } = await client.call<TranscriptionReply>('POST', '/transcriptions', body)
      texts.push((await client.ended(made.id)).transcript?.text)
    }
    expect(texts).toEqual(['two four six', 'two Faure six'])
  } finally {
    await server.stop()
  }
})

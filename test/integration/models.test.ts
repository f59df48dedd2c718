/** A request names its model: it is loaded when it is wanted, and only so many are in memory. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CapabilitiesReply, TranscriptionReply } from '../../src/contract/native.ts'
import { transcribe, upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { childrenOf, commandOf } from '../support/processes.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, WORDS, wav, writeToneModel } from '../support/tone.ts'

const GERMAN = ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun']
const FRENCH = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf']
const NAMES: Record<string, readonly string[]> = { 'whisper-1': WORDS, german: GERMAN, french: FRENCH }

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string
let client: NativeClient
let mediaId: string
const words = toneProgramme(21, 40)
const recording = new Uint8Array(wav(toneAudio(words, 40)))
const textIn = (model: string): string =>
  words.map(({ word }) => NAMES[model]![WORDS.indexOf(word)]).join(' ')

beforeAll(async () => {
  folder = await testFolder()
  writeToneModel(join(folder.dataDir, 'models/german'), 'energy', GERMAN)
  writeToneModel(join(folder.dataDir, 'models/french'), 'fixed', FRENCH)
  writeToneModel(join(folder.dataDir, 'models/gone'))
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_LOADED_MODELS: '2',
  })
  apiKey = (await newAccount(folder.dataDir, 1000)).apiKey
  client = nativeClient(server.origin, apiKey)
  mediaId = (await upload(server.origin, apiKey, recording)).body.mediaId
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

async function asOpenAi(model: string): Promise<{ status: number; body: { text?: string; error?: object } }> {
  const form = new FormData()
  form.append('file', new Blob([recording]), 'talk.wav')
  form.append('model', model)
  const headers = { authorization: `Bearer ${apiKey}` }
  const answer = await fetch(`${server.origin}/v1/audio/transcriptions`, {
    method: 'POST',
    headers,
    body: form,
  })
  return { status: answer.status, body: (await answer.json()) as { text?: string } }
}

const enginesRunning = (): number =>
  childrenOf(server.pid).filter((pid) => commandOf(pid).includes('sherpa.host')).length

describe.each(['whisper-1', 'german', 'french'])('the model %s', (model) => {
  it('through all doors', async () => {
    const { body: created } = await client.call<TranscriptionReply>('POST', '/transcriptions', {
      mediaId,
      model,
    })
    const done = await client.ended(created.id)
    expect(done).toMatchObject({ state: 'succeeded', model, transcript: { text: textIn(model) } })
    expect(done.modelUsed).toBe(model === 'whisper-1' ? 'model' : model)
    const { body: soku } = await transcribe(server.origin, apiKey, { mediaId, model })
    expect(soku).toMatchObject({ transcript: textIn(model) })
    expect(await asOpenAi(model)).toMatchObject({ status: 200, body: { text: textIn(model) } })
  })
})

it('all at once, in turns, with no more in memory than are allowed', async () => {
  const models = ['french', 'german', 'whisper-1', 'german', 'french', 'whisper-1']
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, enginesRunning())
  }, 20)
  const answers = await Promise.all(models.map((model) => asOpenAi(model)))
  clearInterval(watch)
  expect(answers.map(({ body }) => body.text)).toEqual(models.map(textIn))
  expect(most).toBe(2)
})

it('are named in the capabilities and in OpenAI’s list, the default first', async () => {
  const { body } = await client.call<CapabilitiesReply>('GET', '/capabilities')
  expect(body.models.map(({ name }) => name)).toEqual(['model', 'french', 'german', 'gone'])
  const list = await client.call<{ data: { id: string }[] }>('GET', '/models')
  expect(list.body.data.map(({ id }) => id)).toEqual(expect.arrayContaining(['model', 'german', 'whisper-1']))
})

it('are refused where they are not, even if they were a moment ago', async () => {
  await rm(join(folder.dataDir, 'models/gone'), { recursive: true })
  for (const model of ['gone', '../model', 'italian']) {
    const error = { code: 'validation_error', details: { field: 'model' } }
    expect(await client.call('POST', '/transcriptions', { mediaId, model })).toMatchObject({
      status: 400,
      body: { error },
    })
    expect(await transcribe(server.origin, apiKey, { mediaId, model })).toMatchObject({
      status: 400,
      body: { error },
    })
    expect(await asOpenAi(model)).toMatchObject({ status: 404, body: { error: { code: 'model_not_found' } } })
  }
})

it('of one’s own are added at the command line', async () => {
  const dir = join(folder.dataDir, 'fine-tune')
  await mkdir(dir)
  const head = Buffer.from('\x06\0\0\0\x0c\0WhisperSpec\0', 'latin1')
  await writeFile(join(dir, 'model.bin'), Buffer.concat([head, Buffer.alloc(1000)]))
  await writeFile(join(dir, 'config.json'), '{}')
  await writeFile(join(dir, 'vocabulary.txt'), `${'x\n'.repeat(50_258)}<|startoftranscript|>\n<|fr|>\n`)
  const env = { EARSHOT_MODELS_URL: 'http://127.0.0.1:9' }
  const run = (...args: string[]) => earshot(folder.dataDir, ['models', ...args], env)
  expect((await run('add', dir, '--name', 'mine')).stdout).toContain('mine is installed')
  const { stdout } = await run('list', '--json')
  expect(JSON.parse(stdout).at(-1)).toMatchObject({ name: 'mine', languages: 'French', installed: true })
  expect(await run('add', dir, '--name', 'mine')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/there is a model mine already/),
  })
  const refused = await run('add', 'someone/model', '--token', 'hf_secret')
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/does not say what someone\/model holds/),
  })
  expect(refused.stderr).not.toContain('hf_secret')
  expect((await run('remove', 'mine')).code).toBe(0)
})

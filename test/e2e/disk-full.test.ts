/** The disk fills up under a server: it says so everywhere, work waits for room, and nothing is lost. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { upload } from '../support/client.ts'
import { programEnv, startServer, type TestServer, testFolder } from '../support/server.ts'
import { canMount, insideOf, onSmallDisk, readOnly } from '../support/small-disk.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const SECONDS = 60
const words = toneProgramme(21, SECONDS)
const recording = Buffer.from(wav(toneAudio(words, SECONDS)))

let folder: Awaited<ReturnType<typeof testFolder>>
beforeAll(async () => {
  folder = await testFolder('fixed')
  mkdirSync(folder.dataDir)
})
afterAll(() => folder?.remove())

describe.runIf(canMount)('a server on a small disk', () => {
  let server: TestServer
  let ballast: string
  beforeAll(async () => {
    const env = { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' }
    server = await startServer(folder.dataDir, env, 'serve', onSmallDisk(folder.dataDir, 24))
    ballast = insideOf(server.pid, join(folder.dataDir, 'ballast'))
  })
  afterAll(() => server?.kill())

  const fill = (): void => {
    for (let size = 1 << 20; size >= 1; size = Math.floor(size / 4))
      try {
        for (;;) appendFileSync(ballast, Buffer.alloc(size))
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' })
      }
  }

  it('refuses uploads with 507, is not ready, and has its work wait until there is room', async () => {
    const { origin, apiKey } = server
    const { body: media } = await upload(origin, apiKey, recording)
    const headers = { 'soku-api-key': apiKey, 'content-type': 'application/json' }
    const begun = await fetch(`${origin}/v1/transcriptions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ mediaId: media.mediaId }),
    })
    const { id } = (await begun.json()) as { id: string }
    fill()
    const another = Buffer.from(wav(toneAudio(words, SECONDS - 1)))
    const form = new FormData()
    form.append('file', new Blob([another]), 'a.wav')
    form.append('model', 'whisper-1')
    const [soku, openai, readiness] = await Promise.all([
      upload(origin, apiKey, another),
      fetch(`${origin}/v1/audio/transcriptions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}` },
        body: form,
      }),
      fetch(`${origin}/readyz`),
    ])
    expect(soku.status).toBe(507)
    expect(soku.body).toMatchObject({ error: { code: 'insufficient_storage' } })
    expect(openai.status).toBe(507)
    expect(await openai.json()).toMatchObject({ error: { code: 'storage.full' } })
    expect(readiness.status).toBe(503)
    expect(await readiness.json()).toMatchObject({ checks: { storage: expect.stringContaining('ENOSPC') } })
    rmSync(ballast)
    const look = async () =>
      (await (await fetch(`${origin}/v1/transcriptions/${id}`, { headers })).json()) as Record<
        string,
        unknown
      >
    await expect.poll(async () => (await look()).state, { timeout: 120_000, interval: 200 }).toBe('succeeded')
    expect(await look()).toMatchObject({
      creditsDebited: 1,
      transcript: { text: words.map(({ word }) => word).join(' ') },
    })
    expect((await fetch(`${origin}/readyz`)).status).toBe(200)
    expect((await upload(origin, apiKey, another)).status).toBe(201)
  })
})

it.runIf(canMount)('a data folder that is read-only is one clear line at the start', () => {
  const [program = '', ...args] = [
    ...readOnly(folder.dataDir),
    process.execPath,
    resolve(import.meta.dirname, '../../bin/earshot.js'),
    'serve',
  ]
  const { status, stderr } = spawnSync(program, args, { env: programEnv(folder.dataDir), encoding: 'utf8' })
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toMatch(/^earshot: the data folder .* cannot be written to: /)
  expect(status).toBe(1)
})

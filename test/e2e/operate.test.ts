/** What an operator does to it: wrong settings, a port in use, SIGTERM, kill -9 of an engine process. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { transcribe, upload } from '../support/client.ts'
import { alive, childrenOf, commandOf, descendantsOf } from '../support/processes.ts'
import { readRows } from '../support/rows.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer | undefined
beforeEach(async () => {
  folder = await testFolder('fixed')
})
afterEach(async () => {
  await server?.kill()
  server = undefined
  await folder.remove()
})

const env = (more: Record<string, string> = {}) => ({
  EARSHOT_MODEL: folder.model,
  EARSHOT_SLOTS: '1',
  ...more,
})

describe('a wrong start says why in a line, with exit code 1', () => {
  it('settings, every fault at once', async () => {
    const { code, stdout, stderr } = await earshot(folder.dataDir, ['serve'], {
      PORT: 'many',
      EARSHOT_SLOTS: '0',
      EARSHOT_PRICE_SOKU: 'free',
      EARSHOT_SLOT: '2',
    })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.trimEnd().split('\n')).toEqual([
      'earshot: wrong settings:',
      '  PORT: must be a whole number',
      '  EARSHOT_SLOTS: must be from 1 to 256',
      '  EARSHOT_PRICE_SOKU: must be a number of credits, or a number a minute like 1/min',
      '  EARSHOT_SLOT: there is no such setting',
    ])
  })

  it('a port in use', async () => {
    const other = createServer()
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const { port } = other.address() as { port: number }
    const result = await earshot(folder.dataDir, ['serve'], env({ PORT: String(port) }))
    other.close()
    expect(result.code).toBe(1)
    expect(result.stderr).toBe(`earshot: port ${port} of 127.0.0.1 is in use; choose another with PORT\n`)
  })

  it('a model folder whose files are wrong', async () => {
    writeFileSync(join(folder.model, 'tone.onnx'), 'not a model')
    const { code, stderr } = await earshot(folder.dataDir, ['serve'], env())
    expect(code).toBe(1)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/^earshot: .*(model|tone\.onnx)/)
  })

  it('a database that does not answer', async () => {
    const { code, stderr } = await earshot(
      folder.dataDir,
      ['serve'],
      env({ DATABASE_URL: 'postgres://earshot:secret@127.0.0.1:1/earshot' }),
    )
    expect(code).toBe(1)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/^earshot: .*database/)
    expect(stderr).not.toContain('secret')
  })

  it('a data folder that another server uses', async () => {
    server = await startServer(folder.dataDir, env())
    const { code, stderr } = await earshot(folder.dataDir, ['serve'], env())
    expect(code).toBe(1)
    expect(stderr).toBe(`earshot: another Earshot (process ${server.pid}) serves from ${folder.dataDir}\n`)
  })

  it('a data folder that cannot be made', async () => {
    mkdirSync(folder.dataDir)
    writeFileSync(join(folder.dataDir, 'file'), '')
    const { code, stderr } = await earshot(join(folder.dataDir, 'file'), ['serve'], env())
    expect(code).toBe(1)
    expect(stderr).toMatch(/^earshot: the data folder .* cannot be made: .*\n$/)
  })
})

const SECONDS = 900

/** A server at work on a long recording; `answer` is what its client gets. */
async function atWork() {
  const words = toneProgramme(5, SECONDS)
  const { apiKey } = await newAccount(folder.dataDir)
  server = await startServer(folder.dataDir, env())
  const media = await upload(server.origin, apiKey, Buffer.from(wav(toneAudio(words, SECONDS))))
  const { mediaId } = media.body
  const answer = transcribe(server.origin, apiKey, { mediaId })
  answer.catch(() => {}) // a test that ends early breaks the connection
  while (parts() === 0) await sleep(5)
  return { server, apiKey, mediaId, answer, truth: words.map((w) => w.word).join(' ') }
}

const parts = (): number => readRows<{ n: number }>(folder.dataDir, 'select count(*) as n from parts')[0]!.n

function engineOf({ pid }: TestServer): number {
  const engine = childrenOf(pid).find((child) => /sherpa\.host/.test(commandOf(child)))
  if (engine === undefined) throw new Error('no engine process runs')
  return engine
}

describe('SIGTERM', () => {
  it('tells who waits, keeps what is done, and the work goes on after the next start', async () => {
    const { server: first, apiKey, mediaId, answer, truth } = await atWork()
    const children = descendantsOf(first.pid)
    expect(await first.stop()).toBe(0)
    await expect.poll(() => children.filter(alive)).toEqual([])
    const { status, body } = await answer
    expect(status).toBe(503)
    expect(body).toMatchObject({ error: { code: 'service_unavailable' } })
    expect(parts()).toBeGreaterThan(0)

    server = await startServer(folder.dataDir, env())
    const again = await transcribe(server.origin, apiKey, { mediaId })
    expect(again.body.transcript).toBe(truth)
    const audit = JSON.parse((await earshot(folder.dataDir, ['credits', 'audit'])).stdout)
    expect(audit).toMatchObject({ ok: true, faults: [] })
  })

  it('a second time ends it at once', async () => {
    const { server: first } = await atWork()
    process.kill(first.pid, 'SIGINT')
    // Not the same signal again: two of one kind may reach the process as one.
    expect(await first.stop()).toBe(1)
  })
})

it('kill -9 of an engine process in the middle of its work is not seen by the client', async () => {
  const { server: running, answer, truth } = await atWork()
  process.kill(engineOf(running), 'SIGKILL')
  const { status, body } = await answer
  expect(status).toBe(200)
  expect(body.transcript).toBe(truth)
})

it('gives up at the limit of a request, and charges nothing', async () => {
  const { accountId, apiKey } = await newAccount(folder.dataDir)
  server = await startServer(folder.dataDir, env({ EARSHOT_REQUEST_TIMEOUT: '1' }))
  const media = await upload(server.origin, apiKey, Buffer.from(wav(toneAudio(toneProgramme(5, 5), 5))))
  const engine = engineOf(server)
  process.kill(engine, 'SIGSTOP')
  const { status, body } = await transcribe(server.origin, apiKey, { mediaId: media.body.mediaId })
  // Stopped, it would not notice the end of its server.
  process.kill(engine, 'SIGCONT')
  // Of the statuses that Soku documents, this is the one for it; SoScripted's door answers 504.
  expect(status).toBe(500)
  expect(body).toMatchObject({
    error: { code: 'internal_error', details: { reasonCode: 'transcription.timeout' } },
  })
  const balance = JSON.parse((await earshot(folder.dataDir, ['credits', 'balance', accountId])).stdout)
  expect(balance).toMatchObject({ posted: 1000, pending: 0 })
})

it('is ready when database, storage and an engine answer', async () => {
  server = await startServer(folder.dataDir, env())
  const ready = await fetch(`${server.origin}/readyz`)
  expect(ready.status).toBe(200)
  expect(await ready.json()).toMatchObject({
    ready: true,
    checks: { database: 'ok', storage: 'ok', engine: 'ok' },
  })
  expect(await (await fetch(`${server.origin}/healthz`)).json()).toEqual({ ok: true })
})

it('doctor says what is there and what is missing, and what to do', async () => {
  const { stdout } = await earshot(folder.dataDir, ['doctor'], env({ EARSHOT_YTDLP: '/none/yt-dlp' }))
  expect(stdout).toMatch(/^✓ Node\.js: v/m)
  expect(stdout).toMatch(/^✓ ffmpeg: \d/m)
  expect(stdout).toMatch(/^✓ engine: /m)
  expect(stdout).toMatch(/^✗ yt-dlp: .*\n {4}→ /m)
  expect(execFileSync('ffmpeg', ['-version']).toString()).toContain(/ffmpeg: (\S+)/.exec(stdout)![1])
})

it('tells its figures, and no ids, in Prometheus’ format', async () => {
  server = await startServer(folder.dataDir, env())
  await fetch(`${server.origin}/v1/media/media_secret`)
  const response = await fetch(`${server.origin}/metrics`)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = await response.text()
  expect(text).toMatch(/^earshot_engine_slots\{state="idle"\} 1$/m)
  expect(text).toMatch(/^earshot_http_request_seconds_count\{method="GET",.*status="40\d"\} 1$/m)
  expect(text).not.toContain('media_secret')
})

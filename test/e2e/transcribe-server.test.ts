/** `earshot transcribe --server`: the same command, done by a server, which may be killed in between. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ListTranscriptionsReply } from '../../src/contract/native.ts'
import { startCommand } from '../support/cli.ts'
import { nativeClient } from '../support/native.ts'
import { newAccount, programEnv, startServer, type TestServer, testFolder } from '../support/server.ts'
import { type PlacedWord, toneAudio, toneProgramme, wav } from '../support/tone.ts'

const LONG_SECONDS = 300

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string
let home: string
let work: string

beforeAll(async () => {
  folder = await testFolder()
  home = join(folder.model, '../home')
  work = join(folder.model, '../work')
  mkdirSync(home)
  mkdirSync(work)
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
  apiKey = (await newAccount(folder.dataDir)).apiKey
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

const said = (words: PlacedWord[]): string => `${words.map(({ word }) => word).join(' ')}\n`

/** No engine, no model: only the server has them. */
const start = (args: string[], input?: Buffer) =>
  startCommand(['transcribe', ...args], {
    env: programEnv(home, { EARSHOT_SERVER: server.origin, EARSHOT_KEY: apiKey, EARSHOT_MODEL: '/nowhere' }),
    cwd: work,
    ...(input && { input }),
  })

it('takes files, folders and what is piped in, and gives what it gives without a server', async () => {
  const words = [1, 2, 3].map((k) => toneProgramme(60 + k, 10))
  words.forEach((each, k) => {
    writeFileSync(join(work, `${k}.wav`), wav(toneAudio(each, 10)))
  })
  const { code, stdout, stderr } = await start(['.', '--format', 'txt,srt,docx']).ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout.trim().split('\n')).toHaveLength(9)
  expect(readFileSync(join(work, '2.txt'), 'utf8')).toBe(said(words[2]!))
  expect((await start(['-'], wav(toneAudio(words[0]!, 10))).ended).stdout).toBe(said(words[0]!))
  const json = JSON.parse((await start(['1.wav', '--format', 'json']).ended).stdout)
  expect(json.text).toBe(said(words[1]!).trim())
  expect(json.words).toHaveLength(words[1]!.length)
})

it('says in the server’s words what is wrong', async () => {
  writeFileSync(join(work, 'bad.wav'), 'no sound')
  expect(await start(['bad.wav']).ended).toMatchObject({ code: 1, stdout: '' })
  const wrong = await start(['1.wav', '--force', '--key', 'sk_live_wrong']).ended
  expect(wrong).toMatchObject({ code: 1, stdout: '' })
  expect(wrong.stderr).toMatch(/^earshot: [^\n]*key[^\n]*\n$/i)
})

it('goes on after Ctrl-C with the very transcription, also where the server was killed', {
  timeout: 600_000,
}, async () => {
  const words = toneProgramme(65, LONG_SECONDS)
  writeFileSync(join(work, 'long.wav'), wav(toneAudio(words, LONG_SECONDS)))
  const unfinished = join(home, 'unfinished')
  const known = (): string =>
    existsSync(unfinished)
      ? readdirSync(unfinished)
          .map((name) => readFileSync(join(unfinished, name), 'utf8'))
          .join('')
      : ''
  const first = start(['long.wav'])
  await vi.waitUntil(() => known().includes('transcriptionId'), { timeout: 90_000, interval: 10 })
  first.kill('SIGINT')
  expect((await first.ended).code).toBe(130)
  await server.kill()
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    PORT: new URL(server.origin).port,
  })
  const second = await start(['long.wav']).ended
  expect(second).toEqual({ code: 0, stdout: said(words), stderr: '' })
  expect(readdirSync(unfinished)).toEqual([])
  const native = nativeClient(server.origin, apiKey)
  const { body } = await native.call<ListTranscriptionsReply>('GET', '/transcriptions?limit=100')
  expect(body.items.filter(({ title }) => title === 'long.wav')).toHaveLength(1)
})

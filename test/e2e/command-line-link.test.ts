/** A command that is interrupted while it downloads leaves no file and no process. */
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type PlatformDouble, startPlatformDouble } from '../support/platform-double/index.ts'
import { workingIn } from '../support/processes.ts'
import { programEnv, testFolder } from '../support/server.ts'
import { ytDlpCommand } from '../support/yt-dlp.ts'

const PROGRAM = resolve(import.meta.dirname, '../../bin/earshot.js')

let folder: Awaited<ReturnType<typeof testFolder>>
let double: PlatformDouble
let tmp: string

beforeAll(async () => {
  folder = await testFolder()
  double = await startPlatformDouble()
  mkdirSync(folder.dataDir)
  tmp = join(folder.model, '../tmp')
  mkdirSync(tmp)
  tmp = realpathSync(tmp)
})
afterAll(async () => {
  await double?.close()
  await folder?.remove()
})

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s in the middle of a download', async (signal, code) => {
  double.requests.length = 0
  const child = spawn(process.execPath, [PROGRAM, 'transcribe', 'https://youtu.be/stalAAAAAA1'], {
    env: programEnv(folder.dataDir, {
      EARSHOT_MODEL: folder.model,
      EARSHOT_SLOTS: '1',
      EARSHOT_YTDLP: await ytDlpCommand(),
      EARSHOT_EGRESS_DIAL: `127.0.0.1:${double.port}`,
      EARSHOT_EGRESS_CA: double.caFile,
      TMPDIR: tmp,
    }),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  const downloads = (): boolean => double.requests.some((each) => each.includes('videoplayback?id=stal'))
  await vi.waitUntil(() => downloads() && workingIn(tmp).length > 0, { timeout: 60_000, interval: 20 })
  child.kill(signal)
  const said = 'earshot: interrupted; the same command goes on from here\n'
  expect({ code: await ended, stderr }).toEqual({ code, stderr: said })
  expect(readdirSync(tmp)).toEqual([])
  expect(workingIn(tmp)).toEqual([])
})

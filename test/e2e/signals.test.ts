/** SIGTERM to whatever was started: `npm start`, and a container's first process. All that it started ends with it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { transcribe, upload } from '../support/client.ts'
import { alive, descendantsOf } from '../support/processes.ts'
import { readRows } from '../support/rows.ts'
import { newAccount, programEnv, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const root = resolve(import.meta.dirname, '../..')
/** Else `npm start` would install packages first. */
const isSetUp = existsSync(resolve(root, 'node_modules/.cache/earshot-install'))
const UNSHARE = ['unshare', '--pid', '--fork', '--mount-proc'] as const
const mayUnshare = spawnSync(UNSHARE[0], [...UNSHARE.slice(1), 'true']).status === 0
/** `EARSHOT_DRAIN`, and a little more. */
const GRACE_MS = 45_000
const SECONDS = 600

let folder: Awaited<ReturnType<typeof testFolder>>
let child: ChildProcess | undefined
beforeEach(async () => {
  folder = await testFolder('fixed')
})
afterEach(async () => {
  if (child?.pid)
    for (const pid of [...descendantsOf(child.pid), child.pid].filter(alive)) process.kill(pid, 'SIGKILL')
  child = undefined
  await folder.remove()
})

/** Starts it, and gives it work. @returns all of its processes, with itself */
async function atWork([program = '', ...args]: readonly string[]): Promise<number[]> {
  const env = programEnv(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
  const started = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  child = started
  const origin = await new Promise<string>((found, fail) => {
    let output = ''
    started.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const [, url] = /listens on (http\S+)/.exec(output) ?? []
      if (url) found(url)
    })
    started.once('close', (code) => fail(new Error(`it ended with ${code}: ${output}`)))
  })
  const { apiKey } = await newAccount(folder.dataDir)
  const sound = Buffer.from(wav(toneAudio(toneProgramme(5, SECONDS), SECONDS)))
  const { mediaId } = (await upload(origin, apiKey, sound)).body
  transcribe(origin, apiKey, { mediaId }).catch(() => {}) // it is cut off
  while (rows('select idx from parts').length === 0) await sleep(5)
  return [started.pid!, ...descendantsOf(started.pid!)]
}

const rows = (query: string): { state?: string }[] => readRows(folder.dataDir, query)

async function endsWhole(pids: readonly number[]): Promise<void> {
  await expect.poll(() => pids.filter(alive), { timeout: GRACE_MS }).toEqual([])
  expect(rows('select state from transcriptions')).toEqual([{ state: 'queued' }])
}

it.skipIf(!isSetUp)(
  'npm start: the server ends with it, and what it had under way is given back',
  async () => {
    const pids = await atWork(['npm', 'start'])
    child!.kill('SIGTERM')
    await endsWhole(pids)
  },
)

it.skipIf(!mayUnshare)('the first process of a container: the same', async () => {
  const pids = await atWork([...UNSHARE, process.execPath, 'bin/earshot.js', 'serve'])
  process.kill(pids[1]!, 'SIGTERM')
  await endsWhole(pids)
})

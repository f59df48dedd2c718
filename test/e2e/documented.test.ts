/** The commands of the documentation's pages, run as they are printed, each page from its beginning to its end. */
import { execFile } from 'node:child_process'
import { mkdir, readFile, rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeMedia } from '../support/media.ts'
import { newAccount, programEnv, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme } from '../support/tone.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const SECONDS = 4
const words = toneProgramme(1, SECONDS)
const text = words.map(({ word }) => word).join(' ')

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let cwd: string

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
  cwd = join(folder.dataDir, '../reader')
  await mkdir(join(cwd, 'samples'), { recursive: true })
  const sample = await makeMedia(cwd, toneAudio(words, SECONDS), { format: 'flac' })
  await rename(sample, join(cwd, 'samples/hello.flac'))
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

/** As a reader pastes them into one shell. A command that fails ends it. */
async function run(page: string): Promise<string> {
  const source = await readFile(join(ROOT, 'docs', page), 'utf8')
  const commands = [...source.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block).join('\n')
  const script = `set -euo pipefail
    curl() { command curl --fail-with-body "$@" || { echo "failed: curl $*" >&2; exit 1; }; }
    npx() { shift; node '${ROOT}/bin/earshot.js' "$@"; }
    ${commands.replaceAll('localhost:8080', server.origin)}`
  const { apiKey } = await newAccount(folder.dataDir)
  const env = { ...programEnv(folder.dataDir), KEY: apiKey }
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd, env })
  return stdout
}

describe('do what the page says', () => {
  it('api-soku.md', async () => {
    const output = await run('api-soku.md')
    expect(output).toContain(`"transcript":"${text}"`)
    expect(output).toMatch(/"creditsDebited":1\b/)
    expect(output).toMatch(/"name":"phone app","preview":"sk_live_/)
  })

  it('batches.md', async () => {
    const output = await run('batches.md')
    expect(output).toMatch(/"name":"Greetings","state":"running",.*"total":1/)
    expect(output).toContain('"customId":"hello"')
  })

  it('api-native.md', async () => {
    const output = await run('api-native.md')
    expect(output).toMatch(/^event: end$/m)
    expect(output).toContain(`"text":"${text}"`)
    expect(output).toMatch(/1\n00:00:0\d,\d{3} --> 00:00:0/)
    expect(output).toMatch(/"state":"finished","filename":"upload",.*"mediaId":"media_/)
    expect(output).toMatch(/"posted":999,"pending":0,"available":999/)
  })

  it.each([
    ['api-asr.md', (said: string) => `\n${said}\n`],
    ['api-inference.md', (said: string) => `{"text":" ${said}\\n"}`],
    ['api-deepgram.md', (said: string) => `"transcript":"${said}"`],
  ])('%s', async (page, answer) => {
    expect(await run(page)).toContain(answer(text))
  })

  it('money.md', async () => {
    const output = await run('money.md')
    expect(output).toMatch(/"ok": ?true/)
    expect(output).toMatch(/"granted": ?true,\s*"posted": ?1500/)
    expect(output).toMatch(/"granted": ?false,\s*"posted": ?1500/)
    expect(output).toMatch(/"monthlyCredits": ?100000/)
  })
})

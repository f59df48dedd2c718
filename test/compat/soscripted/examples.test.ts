/** SoScripted's own client examples, run as printed except for base URL, key and link. */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOUBLE_TEXT, type PlatformDouble, startPlatformDouble } from '../../support/platform-double/index.ts'
import { pythonWith } from '../../support/python-packages.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../../support/server.ts'
import { ytDlpCommand } from '../../support/yt-dlp.ts'

const run = promisify(execFile)

let folder: Awaited<ReturnType<typeof testFolder>>
let double: PlatformDouble
let server: TestServer
let apiKey: string

beforeAll(async () => {
  folder = await testFolder()
  double = await startPlatformDouble()
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_YTDLP: await ytDlpCommand(),
    EARSHOT_EGRESS_DIAL: `127.0.0.1:${double.port}`,
    EARSHOT_EGRESS_CA: double.caFile,
    // Each example is to see its video fetched.
    EARSHOT_REUSE_HOURS: '0',
  })
  apiKey = (await newAccount(folder.dataDir)).apiKey
})

afterAll(async () => {
  await server?.stop()
  await double?.close()
  await folder?.remove()
})

/** The example with our address and key in it; the link stays as printed. */
async function example(name: string): Promise<string> {
  const text = await readFile(join(import.meta.dirname, 'examples', name), 'utf8')
  // Not under its own name: `json.py` would be what `import json` finds.
  const path = join(folder.dataDir, `example-${name}`)
  await writeFile(
    path,
    text.replaceAll('https://soscripted.com', server.origin).replaceAll('sk_your_api_key_here', apiKey),
  )
  return path
}

describe('the examples of SoScripted’s documentation', () => {
  it('JavaScript (JSON response)', async () => {
    const { stdout } = await run(process.execPath, [await example('json.mjs')])
    expect(stdout.trim()).toBe(`Transcript: ${DOUBLE_TEXT}`)
  })

  it('JavaScript (SSE streaming)', async () => {
    const { stdout } = await run(process.execPath, [await example('sse.mjs')])
    expect(stdout).toContain("stage: 'downloading'")
    expect(stdout).toContain("stage: 'transcribing'")
    expect(stdout).toContain(`text: '${DOUBLE_TEXT}'`)
    expect(stdout.trim().split('\n').at(-1)).toBe('Event: { ok: true }')
  })

  it('Python (JSON response)', async () => {
    const { stdout } = await run(pythonWith('requests'), [await example('json.py')])
    expect(stdout.trim()).toBe(`Transcript: ${DOUBLE_TEXT}`)
  })

  it('Python (SSE streaming)', async () => {
    const { stdout } = await run(pythonWith('requests'), [await example('sse.py')])
    expect(stdout).toContain("'stage': 'transcribing'")
    expect(stdout).toContain(`Transcript: ${DOUBLE_TEXT}`)
    expect(stdout.trim().split('\n').at(-1)).toBe("Event: {'ok': True}")
  })
})

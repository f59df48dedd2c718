/** What a program gets with `import 'earshot/client'`. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const LIMIT_BYTES = 10_000
const node = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: project })

let project: string

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'earshot-client-'))
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(root, join(project, 'node_modules/earshot'))
  writeFileSync(join(project, 'package.json'), '{"type": "module"}')
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

it('is one small file that imports nothing', () => {
  const script = readFileSync(join(root, 'dist/client/index.js'))
  expect(gzipSync(script).length).toBeLessThan(LIMIT_BYTES)
  expect(script.toString()).not.toMatch(/\bimport\b|\brequire\b|\bprocess\b|\bBuffer\b/)
})

it('is found by its name', async () => {
  writeFileSync(
    join(project, 'use.js'),
    "console.log(Object.keys(await import('earshot/client')).sort().join())",
  )
  const { stdout } = await node('use.js')
  expect(stdout).toBe(
    'ApiError,ConnectionError,Earshot,EarshotError,TranscriptionError,WebhookError,verifyWebhook\n',
  )
})

const PROGRAM = `
import { ApiError, Earshot, type Transcription, verifyWebhook } from 'earshot/client'
const earshot = new Earshot({ baseUrl: 'http://localhost:8080', apiKey: 'sk_live_' })
export async function text(file: File): Promise<string> {
  for await (const event of earshot.stream(file, { language: 'en', keywords: ['Earshot'] })) {
    if (event.type === 'upload') console.log(event.sent / event.total)
    else if (event.type === 'segment') console.log(event.index, event.text)
    // @ts-expect-error: only segments have it
    console.log(event.index)
  }
  // @ts-expect-error: a wish that nobody can have
  await earshot.create({ mediaId: 'media_1' }, { langauge: 'en' })
  const done: Transcription = await earshot.transcribe({ url: 'https://youtu.be/jNQXAC9IVRw' })
  const word: Uint8Array = await earshot.export(done.id, 'docx')
  const event = await verifyWebhook('', new Headers(), 'whsec_')
  if (event.type === 'transcription.succeeded') console.log(event.data.durationSeconds, word.length)
  return await earshot.export(done.id, 'srt')
}
export const isBroke = (error: unknown) => error instanceof ApiError && error.code === 'credits.insufficient'
`

it.each([
  ['for a browser', { module: 'ESNext', moduleResolution: 'Bundler', lib: ['ES2023', 'DOM'], types: [] }],
  [
    'for Node',
    { module: 'NodeNext', lib: ['ES2023'], types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
  ],
])('has types %s', { timeout: 600_000 }, async (_, options) => {
  await promisify(execFile)(process.execPath, ['scripts/build.mjs', '--types'], { cwd: root })
  const compilerOptions = { strict: true, noEmit: true, skipLibCheck: true, target: 'ES2022', ...options }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['use.ts'] }))
  writeFileSync(join(project, 'use.ts'), PROGRAM)
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout } = await node(tsc, '-p', '.').catch((error: unknown) => error as { stdout: string })
  expect(stdout).toBe('')
})

/** Earshot as others install it: the package of `npm pack`, in a folder that has nothing else. */
import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { programEnv } from '../support/server.ts'
import { toneAudio, toneProgramme, wav, writeToneModel } from '../support/tone.ts'

const run = promisify(execFile)
const ROOT = resolve(import.meta.dirname, '../..')
const words = toneProgramme(3, 10)

let dir: string
/** Where it is installed. */
let home: string
let files: string[]
let env: Record<string, string>

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-package-'))
  home = join(dir, 'home')
  await mkdir(home)
  await writeFile(join(home, 'package.json'), '{"private": true}')
  // The global set-up has built what is packed.
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', dir]
  const [packed] = JSON.parse((await run('npm', pack, { cwd: ROOT, maxBuffer: 1 << 26 })).stdout) as {
    filename: string
    files: { path: string }[]
  }[]
  files = packed!.files.map(({ path }) => path)
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  await run('npm', ['install', ...flags, join(dir, packed!.filename)], { cwd: home })
  env = programEnv(join(dir, 'data'), { EARSHOT_MODEL: writeToneModel(join(dir, 'model')) })
}, 600_000)
afterAll(() => rm(dir, { recursive: true, force: true }))

describe('the package', () => {
  it('has the program, the page and the voice model, and nothing that only developers need', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'bin/earshot.js',
        'dist/server/cli.js',
        'dist/server/silero_vad_v6.onnx',
        'dist/web/index.html',
      ]),
    )
    const others = /^(src|test|bench|scripts|web|node_modules|\.)|\.map$|\.test\./
    expect(files.filter((path) => others.test(path))).toEqual([])
  })

  it('transcribes a file', async () => {
    await writeFile(join(home, 'talk.wav'), wav(toneAudio(words, 10)))
    const { stdout } = await run('npx', ['--no-install', 'earshot', 'transcribe', 'talk.wav'], {
      cwd: home,
      env,
    })
    expect(stdout.trim()).toBe(words.map(({ word }) => word).join(' '))
  })

  it('serves the API and the page', async () => {
    const child = spawn(process.execPath, ['node_modules/.bin/earshot', 'serve'], {
      cwd: home,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
    try {
      const origin = await new Promise<string>((found, fail) => {
        let output = ''
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          output += text
          const [, url] = /listens on (http\S+)/.exec(output) ?? []
          if (url) found(url)
        })
        void ended.then((code) => fail(new Error(`it ended with ${code}: ${output}`)))
      })
      expect((await fetch(`${origin}/healthz`)).status).toBe(200)
      const page = await fetch(origin, { headers: { accept: 'text/html' } })
      expect(page.status).toBe(200)
      expect(await page.text()).toContain('<title>')
    } finally {
      child.kill('SIGTERM')
    }
    expect(await ended).toBe(0)
  })
})

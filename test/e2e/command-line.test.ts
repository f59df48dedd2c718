/** How commands end: read by others, on a full disk, interrupted, or asked for what does not exist. */
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { alive, childrenOf } from '../support/processes.ts'
import { earshot, programEnv, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const PROGRAM = resolve(import.meta.dirname, '../../bin/earshot.js')

let folder: Awaited<ReturnType<typeof testFolder>>
let tmp: string
let sound: string
let long: string

beforeAll(async () => {
  folder = await testFolder('fixed')
  tmp = join(folder.model, '../tmp')
  sound = join(folder.model, '../sound.wav')
  long = join(folder.model, '../long.wav')
  mkdirSync(folder.dataDir)
  mkdirSync(tmp)
  writeFileSync(sound, wav(toneAudio(toneProgramme(1, 20), 20)))
  writeFileSync(long, wav(toneAudio(toneProgramme(2, 1800), 1800)))
})
afterAll(() => folder?.remove())

const env = () => ({
  ...programEnv(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1', TMPDIR: tmp }),
  NODE: process.execPath,
  EARSHOT: PROGRAM,
  SOUND: sound,
})

/** Runs a line of the shell, where `earshot` is the program. */
function shell(line: string): Promise<{ code: number | string; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(
      'bash',
      ['-c', `earshot() { "$NODE" "$EARSHOT" "$@"; }\n${line}`],
      { env: env() },
      (error, stdout, stderr) => done({ code: error?.code ?? 0, stdout, stderr }),
    )
  })
}

describe('a reader that has had enough ends a command quietly', () => {
  it.each([
    'models list | head -1',
    'models list --json | head -1',
    'transcribe "$SOUND" --format json | head -1',
    'transcribe "$SOUND" | true',
    'transcribe --help | true',
  ])('%s', async (command) => {
    const { stderr, code } = await shell(`earshot ${command}; exit \${PIPESTATUS[0]}`)
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
  })

  it('on stderr as well', async () => {
    const { code } = await shell('earshot transcribe nothing.wav 2> >(true); exit $?')
    expect(code).toBe(1)
  })
})

describe('a full disk', () => {
  it.runIf(existsSync('/dev/full')).each(['models list', 'models list --json', 'transcribe "$SOUND"'])(
    'ends %s with a line and exit code 1',
    async (command) => {
      const { stderr, code } = await shell(`earshot ${command} > /dev/full`)
      expect(stderr).toMatch(/^earshot: the output could not be written: .*no space left.*\n$/)
      expect(code).toBe(1)
    },
  )

  it('is noticed where a part of the output fits', async () => {
    const output = join(tmp, '../listed.json')
    // The kernel takes the first kilobyte and refuses the rest, as a disk does that fills up.
    const line = `trap '' XFSZ; ulimit -f 1; earshot models list --json > '${output}'`
    const { stderr, code } = await shell(line)
    expect(statSync(output).size).toBe(1024)
    expect(stderr).toMatch(/^earshot: the output could not be written: .*\n$/)
    expect(code).toBe(1)
  })
})

it.runIf(existsSync('/dev/full'))('a server goes on where the disk of its log is full', async () => {
  const line = 'exec "$NODE" "$EARSHOT" serve 2> /dev/full'
  const child = spawn('bash', ['-c', line], {
    env: { ...env(), EARSHOT_LOG_LEVEL: 'debug' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  const found = await vi.waitUntil(() => /listens on (http\S+)/.exec(stdout) ?? child.exitCode !== null, {
    timeout: 20_000,
  })
  expect(found).not.toBe(true)
  const [, origin] = found as RegExpExecArray
  for (let k = 0; k < 3; k++) expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

describe('temporary files are gone', () => {
  beforeEach(() => {
    expect(readdirSync(tmp)).toEqual([])
  })

  /** @param when whether to send it yet, by the command's process */
  async function interrupted(signal: NodeJS.Signals, when: (pid: number) => boolean) {
    const child = spawn(process.execPath, [PROGRAM, 'transcribe', long], {
      env: env(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
    await vi.waitUntil(() => when(child.pid!), { timeout: 20_000, interval: 5 })
    const children = childrenOf(child.pid!)
    child.kill(signal)
    const code = await ended
    await vi.waitUntil(() => !children.some(alive), { timeout: 10_000, interval: 20 })
    return { code, stdout, stderr }
  }

  const begun = (): boolean => readdirSync(tmp).length > 0
  const atWork = (pid: number): boolean => childrenOf(pid).length > 2

  it.each([
    ['SIGINT', 130, 'as soon as there are some', begun],
    ['SIGTERM', 143, 'as soon as there are some', begun],
    ['SIGINT', 130, 'in the middle of the work', atWork],
    ['SIGTERM', 143, 'in the middle of the work', atWork],
    ['SIGHUP', 129, 'in the middle of the work', atWork],
  ] as const)('after %s, with exit code %i, %s', async (signal, code, _, when) => {
    const stderr = 'earshot: interrupted; the same command goes on from here\n'
    expect(await interrupted(signal, when)).toEqual({ code, stdout: '', stderr })
    expect(readdirSync(tmp)).toEqual([])
  })

  it.each([
    ['a model that is wrong', { EARSHOT_MODEL: '/nowhere' }, () => sound],
    ['a file that is no sound', {}, () => PROGRAM],
    ['a file that is not there', {}, () => 'none.wav'],
  ])('after %s', async (_, wrong, file) => {
    const { code } = await earshot(folder.dataDir, ['transcribe', file()], { ...env(), ...wrong })
    expect(code).toBe(1)
    expect(readdirSync(tmp)).toEqual([])
  })
})

describe('exit code 2 says that the command was not understood', () => {
  it.each([
    [[]],
    [['transcript']],
    [['transcribe']],
    [['transcribe', 'a.wav', '--fast']],
    [['transcribe', 'a.wav', '--format', 'srt,doc']],
    [['transcribe', 'a.wav', '--mode', 'loud']],
    [['transcribe', 'a.wav', '--mode', 'captions', '--diarize']],
    [['transcribe', 'a.wav', '--server', 'http://127.0.0.1:1']],
    [['transcribe', 'a.wav', '--key', 'sk_live_x']],
    [['transcribe', 'a.wav', '--server', 'earshot.example.com', '--key', 'sk_live_x']],
    [['watch']],
    [['watch', '.', '--every', '0']],
    [['completion', 'tcsh']],
    [['transcribe', 'a.wav', '--format', 'doc']],
    [['transcribe', 'a.wav', '--track', 'first']],
    [['transcribe', 'a.wav', '--track', '0']],
    [['transcribe', 'a.wav', '--language', 'klingon']],
    [['transcribe', 'a.wav', '--diarize', '--channels', 'separate']],
    [['keys', 'create']],
    [['keys', 'create', '--account', 'acct_1', '--expires', 'soon']],
    [['accounts', 'create', '--credits', 'many']],
    [['models']],
  ])('%j', async (args) => {
    const { code, stdout, stderr } = await earshot(folder.dataDir, args, env())
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).not.toMatch(/^ +at /m)
  })

  it('and 0 that the version was asked for', async () => {
    const { version } = JSON.parse(readFileSync(join(PROGRAM, '../../package.json'), 'utf8'))
    const asked = await earshot(folder.dataDir, ['--version'], env())
    expect(asked).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it('and 0 that help was given', async () => {
    const { code, stdout, stderr } = await earshot(folder.dataDir, ['transcribe', '--help'], env())
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Usage: earshot transcribe /)
  })
})

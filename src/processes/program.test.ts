import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alive, childrenOf, commandOf } from '../../test/support/processes.ts'
import { type Program, type ProgramOptions, startProgram } from './program.ts'
import { type Spawner, startSpawner } from './spawner.ts'

const onLinux = process.platform === 'linux'
/** Whoever is not root may set one in a tenth of a second, of all on the machine. */
const hasSessionShares = existsSync('/proc/self/autogroup') && process.getuid?.() === 0
const spawnersHere = (): number[] =>
  childrenOf(process.pid).filter((pid) => commandOf(pid).includes('spawner.host'))

let cwd: string
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'earshot-program-'))
})
afterAll(() => rm(cwd, { recursive: true, force: true }))

const sh = (script: string, options: Partial<ProgramOptions> = {}): Program =>
  startProgram(['sh', '-c', script], { cwd, env: { PATH: process.env.PATH ?? '', ONLY: 'this' }, ...options })

const parentOf = async (program: Program): Promise<number> => Number(await text(program.stdout))

/** What holds whoever starts the programs. */
function contract(): void {
  it('what it writes and how it ended, in its folder and with its environment only', async () => {
    process.env.EARSHOT_TEST_SECRET = 'secret'
    const program = sh('pwd; env | grep -c SECRET; echo $ONLY; echo bad >&2; exit 3')
    delete process.env.EARSHOT_TEST_SECRET
    const [out, err] = await Promise.all([text(program.stdout), text(program.stderr)])
    expect(out).toBe(`${cwd}\n0\nthis\n`)
    expect(err).toBe('bad\n')
    expect(await program.ended).toEqual({ code: 3, signal: null, killed: false })
  })

  it('goes behind the server, whatever its priority', async () => {
    const program = sh('read _; nice', { stdin: true })
    const stdin = await program.stdin()
    stdin.end('\n')
    expect(Number(await text(program.stdout))).toBe(Math.min(19, getPriority() + 5))
  })

  it.runIf(hasSessionShares)('and so does its session, to which Linux gives a share of its own', async () => {
    const program = sh('read _; cat /proc/self/autogroup', { stdin: true })
    const stdin = await program.stdin()
    stdin.end('\n')
    expect(await text(program.stdout)).toMatch(new RegExp(`nice ${Math.min(19, getPriority() + 5)}\n$`))
  })

  it('all of what it is given, byte for byte', async () => {
    const given = Buffer.alloc(5_000_000, 'what is given comes back ')
    const program = sh('cat', { stdin: true })
    const stdin = await program.stdin()
    stdin.end(given)
    const back: Buffer[] = []
    for await (const chunk of program.stdout) back.push(chunk as Buffer)
    expect(Buffer.concat(back).equals(given)).toBe(true)
    expect(await program.ended).toMatchObject({ code: 0 })
  })

  it('a reader that pauses holds it up, and memory with it', async () => {
    const program = sh('head -c 50000000 /dev/zero; echo done >&2')
    let done = false
    program.stderr.once('data', () => {
      done = true
    })
    program.stdout.once('data', () => program.stdout.pause())
    await new Promise((resolve) => program.stdout.once('data', resolve))
    expect(program.stdout.readableLength).toBeLessThan(1_000_000)
    expect(done).toBe(false)
    program.stdout.resume()
    expect(await program.ended).toMatchObject({ code: 0 })
    expect(done).toBe(true)
  })

  it('ends when nobody reads what it writes any more', async () => {
    const program = sh('exec yes')
    program.stdout.once('data', () => program.stdout.destroy())
    expect((await program.ended).code).not.toBe(0)
  })

  it('the system’s error where there is no such program, or no such folder', async () => {
    const missing = startProgram([join(cwd, 'missing')], { cwd, env: {}, stdin: true })
    await expect(missing.ended).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(sh('true', { cwd: join(cwd, 'missing') }).ended).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('is killed with what it has started, and says whose signal it was', async () => {
    const program = sh('sleep 300 & echo $!; wait')
    const [line] = (await new Promise<Buffer>((resolve) => program.stdout.once('data', resolve)))
      .toString()
      .split('\n')
    program.kill('SIGKILL')
    expect(await program.ended).toEqual({ code: null, signal: 'SIGKILL', killed: true })
    await expect.poll(() => alive(Number(line))).toBe(false)
    expect(await sh('kill -9 $$').ended).toEqual({ code: null, signal: 'SIGKILL', killed: false })
  })

  it('is killed although it was started this moment', async () => {
    const program = sh('sleep 0.1; echo begun > begun; sleep 300')
    program.kill('SIGKILL')
    expect(await program.ended).toEqual({ code: null, signal: 'SIGKILL', killed: true })
    await expect(readFile(join(cwd, 'begun'))).rejects.toThrow('ENOENT')
  })

  it('many at once, each with its own', async () => {
    const all = Array.from({ length: 40 }, async (_, k) => {
      const program = sh('read line; echo $line', { stdin: true })
      ;(await program.stdin()).end(`${k}\n`)
      return Number(await text(program.stdout))
    })
    expect(await Promise.all(all)).toEqual(Array.from({ length: 40 }, (_, k) => k))
  })
}

describe('a program started by this process', () => {
  contract()
})

describe.runIf(onLinux)('a program started by the spawner', () => {
  const deaths: string[] = []
  let spawner: Spawner
  beforeAll(async () => {
    spawner = await startSpawner((how) => deaths.push(how))
  })
  afterAll(() => spawner?.close())

  contract()

  it('is the spawner’s child', async () => {
    expect(spawnersHere()).toContain(await parentOf(sh('echo $PPID')))
  })

  it('one that dies as it starts is replaced too, and meanwhile nothing waits for it', async () => {
    const before = spawnersHere()
    const another = startSpawner()
    await expect.poll(() => spawnersHere().length).toBe(before.length + 1)
    process.kill(spawnersHere().find((pid) => !before.includes(pid))!, 'SIGKILL')
    const begun = await another
    expect(await text(sh('echo meanwhile').stdout)).toBe('meanwhile\n')
    await expect.poll(() => spawnersHere().length, { timeout: 60_000 }).toBe(before.length + 1)
    begun.close()
    await expect.poll(() => spawnersHere(), { timeout: 60_000 }).toEqual(before)
    // The one of these tests again.
    spawner.close()
    spawner = await startSpawner((how) => deaths.push(how))
  })

  it('a spawner that dies takes its programs along, and is replaced', async () => {
    const [first = 0] = spawnersHere()
    const program = sh('sleep 300 & echo $!; wait')
    const [line] = (await new Promise<Buffer>((resolve) => program.stdout.once('data', resolve)))
      .toString()
      .split('\n')
    // Asked kindly it stays: only the server’s end is its own.
    process.kill(first, 'SIGTERM')
    expect(await text(sh('echo still here').stdout)).toBe('still here\n')
    process.kill(first, 'SIGKILL')
    expect(await program.ended).toEqual({ code: null, signal: 'SIGKILL', killed: false })
    await expect.poll(() => alive(Number(line))).toBe(false)
    expect(deaths).toEqual(['killed by SIGKILL'])
    // At once by this process, later by the new one.
    expect(await text(sh('echo meanwhile').stdout)).toBe('meanwhile\n')
    await expect
      .poll(async () => spawnersHere().includes(await parentOf(sh('echo $PPID'))), { timeout: 60_000 })
      .toBe(true)
    expect(spawnersHere()).not.toContain(first)
  })

  it('ends, but not as killed on purpose, if the server slept while starting it', {
    timeout: 60_000,
  }, async () => {
    const program = sh('echo never')
    // Past the time that the spawner waits for a stranger's name.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 11_000)
    expect(await program.ended).toEqual({ code: null, signal: 'SIGKILL', killed: false })
  })

  it('nobody else can take a program’s place', async () => {
    const unix = await readFile('/proc/net/unix', 'utf8')
    const name = /@(earshot-[0-9a-f]{32})/.exec(unix)?.[1]
    const stranger = connect(`\0${name}`)
    stranger.write(`${'0'.repeat(32)} 1 stdout\n`)
    await new Promise((resolve) => stranger.once('close', resolve))
    expect(await text(sh('echo mine').stdout)).toBe('mine\n')
  })

  it('all of them end with it', async () => {
    const program = sh('sleep 300 & echo $!; wait')
    const [line] = (await new Promise<Buffer>((resolve) => program.stdout.once('data', resolve)))
      .toString()
      .split('\n')
    spawner.close()
    await program.ended
    await expect.poll(() => alive(Number(line))).toBe(false)
    expect(await parentOf(sh('echo $PPID'))).toBe(process.pid)
  })
})

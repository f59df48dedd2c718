import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alive } from '../../../test/support/processes.ts'
import { findPrlimit } from '../../processes/limited.ts'
import { run } from './run.ts'

let cwd: string
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'earshot-run-'))
})
afterAll(() => rm(cwd, { recursive: true, force: true }))

const env = { PATH: process.env.PATH ?? '', ONLY: 'this' }
const never = new AbortController().signal
const sh = (script: string, options: Partial<Parameters<typeof run>[1]> = {}) =>
  run(['sh', '-c', script], { cwd, env, signal: never, maxStdout: 1000, maxFile: 1e6, ...options })
const pids = async (): Promise<number[]> =>
  (await readFile(join(cwd, 'pids'), 'utf8')).trim().split('\n').map(Number)

test('what it prints, how it ended, and nothing of our own environment', async () => {
  process.env.EARSHOT_TEST_SECRET = 'secret'
  const ended = await sh('env | grep -c SECRET; echo $ONLY; echo "it’s bad" >&2; exit 3')
  delete process.env.EARSHOT_TEST_SECRET
  expect(ended).toEqual({ code: 3, stdout: '0\nthis\n', stderr: 'it’s bad\n', overflowed: false })
})

test('lines as they come', async () => {
  const lines: string[] = []
  await sh('echo one; echo two', { onLine: (line) => lines.push(line) })
  expect(lines).toEqual(['one', 'two'])
})

test('a program that prints without end is ended', async () => {
  expect(await sh('yes')).toMatchObject({ overflowed: true, code: null })
})

test('a program that cannot be started is an error', async () => {
  const missing = run([join(cwd, 'missing')], { cwd, env, signal: never, maxStdout: 10, maxFile: 1e6 })
  await expect(missing).rejects.toMatchObject({ code: 'ENOENT' })
})

test.runIf(findPrlimit())('it writes no more than it may, and takes no more memory', async () => {
  expect((await sh('head -c 2000000 /dev/zero > much')).code).not.toBe(0)
  expect((await stat(join(cwd, 'much'))).size).toBe(1e6)
  expect((await sh('ulimit -d')).stdout).toBe(`${4 * 1024 ** 2}\n`)
})

describe('no process is left', () => {
  // Neither of the two listens to a kind word, and the second is not known to us.
  const STUBBORN = `trap '' TERM; sleep 300 & echo $$ > pids; echo $! >> pids; echo ready; wait; sleep 300`

  test('by a program that is aborted and does not want to end', async () => {
    const aborted = new AbortController()
    const onLine = (): void => aborted.abort(new Error('enough'))
    await expect(sh(STUBBORN, { signal: aborted.signal, onLine })).rejects.toThrow('enough')
    // The kernel needs a moment for those that are killed.
    await expect.poll(async () => (await pids()).filter(alive)).toEqual([])
  })

  test('by a program that ends before what it has started', async () => {
    expect(await sh('sleep 300 & echo $! > pids')).toMatchObject({ code: 0 })
    // The kernel needs a moment for those that are killed.
    await expect.poll(async () => (await pids()).filter(alive)).toEqual([])
  })

  test('by one that was aborted before it began', async () => {
    await expect(sh('echo $$ > never', { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow(
      'gone',
    )
    expect(() => readFileSync(join(cwd, 'never'))).toThrow()
  })
})

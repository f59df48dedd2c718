import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { findPrlimit, limited } from './limited.ts'

const LIMITS = { memoryBytes: 1e9, cpuSeconds: 60, fileBytes: 0, openFiles: 64 }

it.runIf(findPrlimit())('sets every limit, and starts no further process', async () => {
  const [program, ...args] = limited(['sh', '-c', 'ulimit -d -t -f -n -c; echo $PPID'], LIMITS)
  const { stdout } = await promisify(execFile)(program, args)
  expect(stdout).toContain(String(process.pid))
  const [, ...rest] = limited(['sh', '-c', 'for l in d t f n c; do ulimit -$l; done'], LIMITS)
  expect((await promisify(execFile)(program, rest)).stdout).toBe(`${Math.floor(1e9 / 1024)}\n60\n0\n64\n0\n`)
})

it('is the command itself where there is no prlimit', () => {
  expect(findPrlimit('/nowhere:')).toBeUndefined()
})

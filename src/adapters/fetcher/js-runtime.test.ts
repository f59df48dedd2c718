import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { jsRuntimeFinder } from './js-runtime.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-js-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** A program that answers `--version` so. */
async function saying(name: 'deno' | 'node', answer: string) {
  const path = join(dir, `${name}-${answer.replace(/\W/g, '')}`)
  await writeFile(path, `#!/bin/sh\necho '${answer}'\n`)
  await chmod(path, 0o755)
  return { name, path, oldest: name === 'deno' ? ([2, 3] as const) : ([22, 0] as const) }
}

it('takes the first that is new enough', async () => {
  const oldDeno = await saying('deno', 'deno 2.2.9 (stable, release)')
  const deno = await saying('deno', 'deno 2.9.6 (stable, release)')
  const oldNode = await saying('node', 'v20.20.2')
  const node = await saying('node', 'v22.23.3')
  expect(await jsRuntimeFinder([deno, node])()).toBe(`deno:${deno.path}`)
  expect(await jsRuntimeFinder([oldDeno, oldNode, node])()).toBe(`node:${node.path}`)
})

it('finds none where there is none', async () => {
  const oldNode = await saying('node', 'v21.7.3')
  const missing = { name: 'deno', path: join(dir, 'missing'), oldest: [2, 3] } as const
  expect(await jsRuntimeFinder([missing, oldNode])()).toBeUndefined()
})

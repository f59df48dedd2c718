import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSecretBox } from './index.ts'

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'earshot-box-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const box = (key?: string) => createSecretBox({ key, dataDir })

it('gives back what was sealed, for whom it was sealed, and nothing of it can be seen', async () => {
  const sealed = await box().seal('Größe 🔑', 'pacc_1')
  expect(sealed).not.toContain('Größe')
  expect(await box().open(sealed, 'pacc_1')).toBe('Größe 🔑')
  expect(await box().seal('Größe 🔑', 'pacc_1')).not.toBe(sealed)
})

it.each<[string, (sealed: string) => Promise<string>]>([
  ['for another owner', (sealed) => box().open(sealed, 'pacc_2')],
  ['under another key', (sealed) => box('another key of thirty-two letters').open(sealed, 'pacc_1')],
  ['when it was altered', (sealed) => box().open(`${sealed.slice(0, -2)}AA`, 'pacc_1')],
  ['when it is none', () => box().open('nonsense', 'pacc_1')],
  ['when it is cut', (sealed) => box().open(sealed.slice(0, 8), 'pacc_1')],
])('is not opened %s', async (_, open) => {
  await expect(open(await box().seal('secret', 'pacc_1'))).rejects.toThrow('EARSHOT_SECRET_KEY')
})

it('has one key for all processes of a data folder, which only its owner reads', async () => {
  const other = await mkdtemp(join(tmpdir(), 'earshot-box-'))
  try {
    const boxes = Array.from({ length: 8 }, () => createSecretBox({ key: undefined, dataDir: other }))
    const sealed = await Promise.all(boxes.map((each) => each.seal('s', 'x')))
    for (const each of sealed) expect(await boxes[0]!.open(each, 'x')).toBe('s')
    expect((await stat(join(other, 'secret.key'))).mode & 0o777).toBe(0o600)
    expect((await readFile(join(other, 'secret.key'), 'utf8')).length).toBeGreaterThan(40)
  } finally {
    await rm(other, { recursive: true, force: true })
  }
})

/** The commands of our own page about SoScripted's API, run as printed except for address and key. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newAccount } from '../../support/server.ts'
import { type SocialInstallation, startSocial } from '../../support/social.ts'

let earshot: SocialInstallation
let apiKey: string
let commands: string[]

beforeAll(async () => {
  earshot = await startSocial()
  apiKey = (await newAccount(earshot.dataDir)).apiKey
  const page = await readFile(resolve(import.meta.dirname, '../../../docs/api-soscripted.md'), 'utf8')
  commands = [...page.matchAll(/```sh\n(.*?)```/gs)]
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').trim().split('\n'))
    .map((line) => line.replace('localhost:8080', earshot.server.origin))
})
afterAll(() => earshot?.close())

async function run(command: string, id = ''): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', KEY: apiKey, ID: id }
  const { stdout } = await promisify(execFile)('bash', ['-c', command.replace('curl', 'curl --fail')], {
    env,
  })
  return stdout
}

it('do what the page says', async () => {
  const [transcribe = '', list = '', search = '', item = '', file = '', remove = ''] = commands
  expect(commands).toHaveLength(6)
  const made = JSON.parse(await run(transcribe)) as { id: string; source: string }
  expect(made).toMatchObject({ ok: true, caption: { text: expect.any(String) }, reused: false })
  expect(JSON.parse(await run(list))).toMatchObject({ items: [{ id: made.id }], nextCursor: null })
  expect(JSON.parse(await run(search))).toEqual({ ok: true, items: [], nextCursor: null })
  expect(JSON.parse(await run(item, made.id))).toMatchObject({ id: made.id, platform: 'youtube' })
  expect(await run(file, made.id)).toMatch(/^1\n00:00:0.* --> /)
  expect(JSON.parse(await run(remove, made.id))).toEqual({ ok: true })
  await expect(run(item, made.id)).rejects.toThrow('404')
})

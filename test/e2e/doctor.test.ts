/** `earshot doctor` on machines on which something is wrong. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { earshot, testFolder } from '../support/server.ts'
import { ytDlpCommand } from '../support/yt-dlp.ts'

let folder: Awaited<ReturnType<typeof testFolder>>
let dir: string

beforeAll(async () => {
  folder = await testFolder('fixed')
  dir = mkdtempSync(join(tmpdir(), 'earshot-doctor-'))
})
afterAll(async () => {
  rmSync(dir, { recursive: true, force: true })
  await folder?.remove()
})

const doctor = async (wrong: Record<string, string>) => {
  const env = {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_YTDLP: await ytDlpCommand(),
    ...wrong,
  }
  return earshot(folder.dataDir, ['doctor'], env)
}

it('all is well', async () => {
  const { code, stdout, stderr } = await doctor({})
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^✓ database: SQLite \d/m)
  expect(stdout).toMatch(/^✓ media storage: in the data folder$/m)
  expect(stdout).toMatch(/^✓ videos with subtitles: can be made$/m)
  expect(stdout).toMatch(/\nAll is well\.\n$/)
})

it.each([
  ['no ffmpeg', { PATH: '/nowhere' }, /^✗ ffmpeg: is not on the PATH.*\n {4}→ install ffmpeg 5/m],
  [
    'a model that is none',
    { EARSHOT_MODEL: '/nowhere' },
    /^✗ engine: .*\/nowhere.*\n {4}→ earshot models list/m,
  ],
  [
    'a database that does not answer',
    { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    /^✗ database: .*ECONNREFUSED.*\n {4}→ see that PostgreSQL runs/m,
  ],
  [
    'a bucket that does not answer',
    {
      EARSHOT_MEDIA_URL: 's3://none',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
    },
    /^✗ media storage: .*\n {4}→ see that EARSHOT_MEDIA_URL/m,
  ],
] as const)('says in words that there is %s, and how to mend it', async (_, wrong, line) => {
  const { code, stdout } = await doctor(wrong)
  expect(code).toBe(1)
  expect(stdout).toMatch(line)
  expect(stdout).toMatch(/\n(One thing wants|\d things want) mending\.\n$/)
})

it('knows a data folder that cannot be one', async () => {
  const file = join(dir, 'file')
  writeFileSync(file, '')
  const { stdout } = await doctor({ EARSHOT_DATA_DIR: join(file, 'data') })
  expect(stdout).toMatch(/^✗ data folder: .*\n {4}→ set EARSHOT_DATA_DIR/m)
})

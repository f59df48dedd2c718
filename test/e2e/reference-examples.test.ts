/** The examples of the reference, as they are printed in it, run against a real server. */
import { mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ORIGIN } from '../../scripts/reference/example.ts'
import { exampleOf, isForPrograms, nameOf, unmatched } from '../../scripts/reference/examples/index.ts'
import { type Language, written } from '../../scripts/reference/languages.ts'
import { contractDocument, OPERATIONS } from '../../src/http/openapi/index.ts'
import type { Operation } from '../../src/http/openapi/operation.ts'
import { type ExampleThings, exampleThings } from '../support/example-things.ts'
import { makeMedia } from '../support/media.ts'
import { DOUBLE_TEXT, type PlatformDouble, startPlatformDouble } from '../support/platform-double/index.ts'
import { pythonPackages } from '../support/python-packages.ts'
import { type Place, type Ran, runCurl, runPage, runPython, runTypeScript } from '../support/run-examples.ts'
import { programEnv } from '../support/server.ts'
import { toneAudio, toneProgramme } from '../support/tone.ts'
import { toneServer } from '../support/tone-server.ts'
import { writeToneWhisper } from '../support/tone-whisper.ts'
import { writeVoiceModels } from '../support/voices.ts'
import { ytDlpCommand } from '../support/yt-dlp.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const SECONDS = 4
const words = toneProgramme(1, SECONDS)
const text = words.map(({ word }) => word).join(' ')

// Some two hundred programs: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 900_000 })

/** What the ear of these tests hears in the double’s videos: a word that is said twice, it takes for a loop. */
const VIDEO_TEXT = DOUBLE_TEXT.split(' ')
  .filter((word, k, all) => word !== all[k - 1])
  .join(' ')

let double: PlatformDouble
const python = await pythonPackages('reference', ['openai==3.57.0', 'requests==2.34.2'])
const server = toneServer(async ({ dataDir, files }) => {
  writeVoiceModels(join(dataDir, 'models/diarization'))
  double = await startPlatformDouble()
  return {
    EARSHOT_MODEL: writeToneWhisper(join(files, 'model')),
    EARSHOT_YTDLP: await ytDlpCommand(),
    EARSHOT_EGRESS_DIAL: `127.0.0.1:${double.port}`,
    EARSHOT_EGRESS_CA: double.caFile,
  }
})
const shown = OPERATIONS.filter((operation) => isForPrograms(operation) && exampleOf(operation))
let things: ExampleThings
let place: Place

beforeAll(async () => {
  const samples = join(server.files, 'samples')
  mkdirSync(samples)
  const made = await makeMedia(server.files, toneAudio(words, SECONDS), {
    format: 'flac',
  })
  const file = join(samples, 'hello.flac')
  renameSync(made, file)
  things = exampleThings(server.origin, server.apiKey, file)
  place = {
    dir: server.files,
    env: { PATH: process.env.PATH ?? '', EARSHOT_KEY: server.apiKey, PYTHONPATH: python.folder },
  }
})
afterAll(() => double?.close())

it('there is one for every operation', () => {
  expect(unmatched(OPERATIONS)).toEqual([])
})

/** As printed, but for where the server is and which things there are. */
async function scriptOf(operation: Operation, language: Language) {
  const text = written(operation, exampleOf(operation)!)[language]
  const filled = await things.filledIn(text, operation.method !== 'get')
  return { name: nameOf(operation), text: filled.replaceAll(ORIGIN, server.origin) }
}

/** What went wrong, of all; nothing where each was answered as the document says, and printed something. */
const faults = (all: readonly Ran[]) =>
  all.filter(
    ({ statuses, error, output }) =>
      error !== undefined || statuses.some((status) => status >= 300) || output === '',
  )

describe('each does what it shows', () => {
  it('in curl, and the answer is as the document says', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema(contractDocument(), 'document')
    const wrong: unknown[] = []
    for (const operation of shown) {
      const ran = await runCurl(await scriptOf(operation, 'curl'), place)
      const reply = operation.replies[ran.statuses[0] ?? 0]
      if (ran.error || !reply) wrong.push(ran)
      if (!reply?.content?.['application/json'] || !isJson(ran.output)) continue
      const pointer = ['paths', operation.path, operation.method, 'responses', ran.statuses[0]]
      const at = [...pointer, 'content', 'application/json', 'schema'].map(escaped).join('/')
      if (!ajv.validate(`document#/${at}`, JSON.parse(ran.output))) wrong.push({ ...ran, errors: ajv.errors })
    }
    expect(wrong).toEqual([])
  })

  it('in TypeScript', async () => {
    const scripts = []
    for (const operation of shown) scripts.push(await scriptOf(operation, 'typescript'))
    const ran = await runTypeScript(scripts, place)
    expect(ran).toHaveLength(shown.length)
    expect(faults(ran)).toEqual([])
  })

  it.skipIf(python.missing)(`in Python${python.missing ? `: ${python.missing}` : ''}`, async () => {
    const scripts = []
    for (const operation of shown) scripts.push(await scriptOf(operation, 'python'))
    const ran = await runPython(scripts, place)
    expect(ran).toHaveLength(shown.length)
    expect(faults(ran)).toEqual([])
  })
})

it('moving.md: every step of it works', async () => {
  const { output } = await runPage(readFileSync(join(ROOT, 'docs/moving.md'), 'utf8'), {
    ...place,
    env: { ...programEnv(server.dataDir), NODE_PATH: '' },
    origin: server.origin,
  })
  const said = [
    `"text":"${VIDEO_TEXT}"`,
    `"transcript":"${text}"`,
    `\n${text}\n`,
    '00:00:00,',
    '"detected_language"',
  ]
  for (const each of said) expect(output).toContain(each)
})

const escaped = (part: unknown): string =>
  encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

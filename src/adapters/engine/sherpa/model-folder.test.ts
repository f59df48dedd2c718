import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeToneModel } from '../../../../test/support/tone.ts'
import { ModelFolderError } from '../manifest.ts'
import { loadModelFolder } from './model-folder.ts'

let root: string
let count = 0
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'earshot-folder-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function folder(manifest: unknown, files: Record<string, string> = {}): string {
  const dir = join(root, `m${count++}`)
  mkdirSync(dir)
  if (manifest !== undefined) {
    const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest)
    writeFileSync(join(dir, 'earshot-model.json'), text)
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content)
  return dir
}

const fault = (dir: string): string => {
  try {
    loadModelFolder(dir)
  } catch (error) {
    expect(error).toBeInstanceOf(ModelFolderError)
    const { message } = error as Error
    expect(message).toContain(dir)
    expect(message).not.toContain('\n')
    return message
  }
  throw new Error('the folder was accepted')
}

describe('loadModelFolder', () => {
  it('describes a model from its manifest', () => {
    const dir = writeToneModel(join(root, 'tone'), 'fixed')
    expect(loadModelFolder(dir).description).toEqual({
      model: 'tone',
      family: 'zipformerCtc',
      standIn: false,
      maxPartSeconds: 30,
      splitter: 'fixed',
      wordTimes: true,
      translates: false,
      prompts: false,
      languages: null,
    })
  })

  it.each<[object, object]>([
    [{ family: 'canary' }, { languages: ['en', 'es', 'de', 'fr'], translates: true }],
    [{ family: 'canary', languages: ['en', 'de'] }, { languages: ['en', 'de'] }],
    [
      { family: 'fireRedAsr', languages: ['zh', 'en'], maxPartSeconds: 60 },
      { languages: ['zh', 'en'], maxPartSeconds: 60 },
    ],
    [
      { family: 'fireRedAsr', languages: ['zh'] },
      { languages: ['zh'], translates: false, wordTimes: false },
    ],
  ])('knows what a family can be told: %j', (manifest, description) => {
    const files = { encoder: 'e', decoder: 'd', tokens: 't' }
    const dir = folder({ ...manifest, files }, { e: 'x', d: 'x', t: 'x' })
    expect(loadModelFolder(dir).description).toMatchObject(description)
  })

  it.each([
    ['no manifest', undefined, {}, /earshot-model\.json cannot be read .*ENOENT/],
    ['no JSON', '{', {}, /is not JSON/],
    [
      'a Whisper of earlier versions',
      { family: 'whisper', files: { encoder: 'e', decoder: 'd', tokens: 't' } },
      { e: 'x', d: 'x', t: 'x' },
      /no longer run: .*earshot models pull whisper-base.*earshot models add/,
    ],
    ['an unknown family', { family: 'vosk', files: {} }, {}, /family: .*zipformerCtc/],
    ['a missing entry', { family: 'zipformerCtc', files: { model: 'm' } }, { m: 'x' }, /lacks files: tokens/],
    [
      'missing entries',
      { family: 'canary', files: { tokens: 't' } },
      { t: 'x' },
      /lacks files: encoder, decoder/,
    ],
    [
      'a missing file',
      { family: 'zipformerCtc', files: { model: 'm.onnx', tokens: 't' } },
      { t: 'x' },
      /the file of model \(m\.onnx\) .*ENOENT/,
    ],
    [
      'an empty file',
      { family: 'zipformerCtc', files: { model: 'm.onnx', tokens: 't' } },
      { t: '', 'm.onnx': 'x' },
      /the file of tokens \(t\) .* is empty/,
    ],
  ])('names the folder and the fault: %s', (_, manifest, files, message) => {
    expect(fault(folder(manifest, files))).toMatch(message)
  })
})

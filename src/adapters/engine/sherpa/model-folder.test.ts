import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { input, model, node, output } from '../../../../test/support/onnx.ts'
import { writeToneModel } from '../../../../test/support/tone.ts'
import { ModelFolderError } from '../manifest.ts'
import { loadModelFolder } from './model-folder.ts'
import { readOnnxMetadata } from './onnx/metadata.ts'

let root: string
let count = 0
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'earshot-folder-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function folder(manifest: unknown, files: Record<string, string | Buffer> = {}): string {
  const dir = join(root, `m${count++}`)
  mkdirSync(dir)
  if (manifest !== undefined) {
    const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest)
    writeFileSync(join(dir, 'earshot-model.json'), text)
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content)
  return dir
}

const onnx = (metadata: Record<string, string>): Buffer =>
  model('m', [node('Identity', ['x'], 'y'), input('x', 1, ['N']), output('y', 1, ['N'])], metadata)

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

  it('takes the languages of a Whisper model from the model', () => {
    const encoder = onnx({ is_multilingual: '1', all_language_codes: 'en,de,yue' })
    const dir = folder(
      { family: 'whisper', files: { encoder: 'e', decoder: 'd', tokens: 't' }, maxPartSeconds: 60 },
      { e: encoder, d: encoder, t: 'x' },
    )
    expect(loadModelFolder(dir).description).toMatchObject({
      languages: ['en', 'de', 'yue'],
      translates: true,
      wordTimes: false,
      maxPartSeconds: 29,
    })
  })

  it('takes a Whisper model without languages for an English one', () => {
    const encoder = onnx({ is_multilingual: '0' })
    const dir = folder(
      { family: 'whisper', files: { encoder: 'e', decoder: 'd', tokens: 't' } },
      { e: encoder, d: encoder, t: 'x' },
    )
    expect(loadModelFolder(dir).description).toMatchObject({ languages: ['en'], translates: false })
  })

  it.each([
    ['no manifest', undefined, {}, /earshot-model\.json cannot be read .*ENOENT/],
    ['no JSON', '{', {}, /is not JSON/],
    ['an unknown family', { family: 'vosk', files: {} }, {}, /family: .*whisper/],
    ['a missing entry', { family: 'zipformerCtc', files: { model: 'm' } }, { m: 'x' }, /lacks files: tokens/],
    [
      'missing entries',
      { family: 'whisper', files: { tokens: 't' } },
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

describe('readOnnxMetadata', () => {
  it('reads what stands behind the graph', () => {
    const path = join(root, 'meta.onnx')
    writeFileSync(path, onnx({ one: '1', long: 'x'.repeat(5000), empty: '' }))
    expect(Object.fromEntries(readOnnxMetadata(path))).toEqual({
      one: '1',
      long: 'x'.repeat(5000),
      empty: '',
    })
  })

  it.each(['', 'not a model at all', '\x08\x09\x72\xff\xff\xff\xff\x0f'])(
    'finds nothing in %j',
    (content) => {
      const path = join(root, 'no.onnx')
      writeFileSync(path, Buffer.from(content, 'latin1'))
      expect(readOnnxMetadata(path).size).toBe(0)
    },
  )
})

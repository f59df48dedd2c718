import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cachedPackages, whisperBase } from '../../../../test/support/packages.ts'
import { writeToneModel } from '../../../../test/support/tone.ts'
import { markOf, readModelFolder } from '../folder.ts'
import { MANIFEST, ModelFolderError } from '../manifest.ts'

const { missing } = await cachedPackages()
let root: string
let count = 0
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'earshot-weights-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

type Files = Record<string, string | Buffer | object>

function folder(files: Files, name = `m${count++}`): string {
  const dir = join(root, name)
  mkdirSync(dir)
  for (const [file, content] of Object.entries(files)) {
    const plain = typeof content === 'string' || Buffer.isBuffer(content)
    writeFileSync(join(dir, file), plain ? content : JSON.stringify(content))
  }
  return dir
}

/** As CTranslate2 begins a model: its format's version, and what it is of. */
function ct2(spec = 'WhisperSpec'): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt32LE(6, 0)
  head.writeUInt16LE(spec.length + 1, 4)
  return Buffer.concat([head, Buffer.from(`${spec}\0`), Buffer.alloc(100)])
}

const tokenizer = (contents: readonly string[], first: number): object => ({
  model: { vocab: {}, merges: [] },
  added_tokens: contents.map((content, k) => ({ id: first + k, content: `<|${content}|>`, special: true })),
})
const SPECIAL = ['translate', 'transcribe', 'startoflm', 'startofprev', 'nospeech', 'notimestamps', '0.00']
const MANY = tokenizer(['endoftext', 'startoftranscript', 'en', 'de', 'haw', 'yue', ...SPECIAL], 50_257)
const ENGLISH = tokenizer(['endoftext', 'startoftranscript', 'en', 'de', ...SPECIAL], 50_256)
const HF = { 'config.json': { model_type: 'whisper' }, 'tokenizer.json': MANY }
const CT2 = { 'config.json': {}, 'model.bin': ct2(), 'tokenizer.json': MANY }

describe('a folder of Whisper weights', () => {
  it.each<[string, Files]>([
    ['of CTranslate2', CT2],
    ['of Hugging Face', { ...HF, 'model.safetensors': 'x' }],
    [
      'of Hugging Face, in shards',
      {
        ...HF,
        'model.safetensors.index.json': { weight_map: { a: '1.safetensors', b: '2.safetensors' } },
        '1.safetensors': 'x',
        '2.safetensors': 'x',
      },
    ],
  ])('%s needs no manifest, and is called by its name', (kind, files) => {
    const dir = folder(files, kind)
    expect(markOf(dir)).toBe(join(dir, 'config.json'))
    expect(readModelFolder(dir)).toEqual({
      kind: 'whisper',
      dir,
      description: {
        model: kind,
        family: 'whisper',
        standIn: false,
        maxPartSeconds: 28,
        targetPartSeconds: 24,
        longestPauseSeconds: 5,
        splitter: 'silero',
        wordTimes: true,
        translates: true,
        prompts: true,
        languages: ['en', 'de', 'haw', 'yue'],
        detectsLanguage: true,
      },
    })
  })

  it.skipIf(missing)('may be Whisper base itself', async () => {
    const { description } = readModelFolder(await whisperBase())
    expect(description).toMatchObject({ model: 'whisper-base', translates: true })
    expect(description.languages).toHaveLength(99)
  })

  it.each<[string, Files]>([
    ['a vocabulary', { 'vocabulary.txt': `${'x\n'.repeat(50_258)}<|startoftranscript|>\n<|fr|>\n<|yue|>\n` }],
    [
      'the parts of a tokenizer',
      {
        'vocab.json': { a: 0 },
        'merges.txt': '',
        'added_tokens.json': { '<|startoftranscript|>': 50_258, '<|fr|>': 50_259, '<|yue|>': 50_260 },
      },
    ],
  ])('may have %s instead of a tokenizer.json', (_, tokens) => {
    const dir = folder({ 'config.json': {}, 'model.bin': ct2(), ...tokens })
    expect(readModelFolder(dir).description.languages).toEqual(['fr', 'yue'])
  })

  it('is English-only where its vocabulary is, whatever tokens it has', () => {
    const dir = folder({ ...CT2, 'tokenizer.json': ENGLISH })
    expect(readModelFolder(dir).description).toMatchObject({ languages: ['en'], translates: false })
  })

  it('is called as its manifest says, and speaks what that says', () => {
    const manifest = {
      family: 'whisperWeights',
      name: 'turbo',
      splitter: 'energy',
      languages: ['en'],
      translates: false,
    }
    const dir = folder({ ...CT2, [MANIFEST]: manifest })
    expect(markOf(dir)).toBe(join(dir, MANIFEST))
    expect(readModelFolder(dir).description).toMatchObject({
      model: 'turbo',
      splitter: 'energy',
      languages: ['en'],
      translates: false,
    })
  })

  it.each<[string, Files, RegExp]>([
    ['nothing', {}, /neither earshot-model\.json nor Whisper’s weights/],
    ['PyTorch', { ...HF, 'pytorch_model.bin': 'x' }, /PyTorch’s; save them as safetensors/],
    ['no config', { 'model.bin': ct2() }, /no config\.json/],
    ['no tokens', { ...CT2, 'tokenizer.json': '' }, /tokenizer\.json|JSON/],
    [
      'tokens of another',
      { ...CT2, 'tokenizer.json': { added_tokens: [] } },
      /no Whisper's tokenizer|not Whisper’s/,
    ],
    ['a translator', { ...CT2, 'model.bin': ct2('TransformerSpec') }, /no Whisper model of CTranslate2/],
    ['few bytes', { ...CT2, 'model.bin': 'x' }, /no Whisper model of CTranslate2/],
    [
      'a BERT',
      { ...HF, 'config.json': { model_type: 'bert' }, 'model.safetensors': 'x' },
      /no Whisper model: its config\.json says bert/,
    ],
    ['null', { ...HF, 'config.json': 'null', 'model.safetensors': 'x' }, /no JSON object/],
    [
      'a missing shard',
      { ...HF, 'model.safetensors.index.json': { weight_map: { a: '1.safetensors' } } },
      /1\.safetensors .*ENOENT/,
    ],
    ['an empty index', { ...HF, 'model.safetensors.index.json': {} }, /names no files/],
    ['a manifest alone', { [MANIFEST]: { family: 'whisperWeights' } }, /there are no weights/],
    ['a wrong manifest', { ...CT2, [MANIFEST]: { family: 'whisperWeights', name: 7 } }, /name: .*string/],
    ['another family', { ...CT2, [MANIFEST]: { family: 'vosk', files: {} } }, /family: /],
  ])('names the fault: %s', (_, files, message) => {
    const dir = folder(files)
    expect(() => readModelFolder(dir)).toThrow(ModelFolderError)
    expect(() => readModelFolder(dir)).toThrow(message)
    expect(() => readModelFolder(dir)).toThrow(dir)
  })

  it('is told from one of sherpa-onnx’s', () => {
    expect(readModelFolder(writeToneModel(join(root, 'tone')))).toMatchObject({ kind: 'sherpa' })
    expect(markOf(join(root, 'nowhere'))).toBeUndefined()
    expect(() => readModelFolder(join(root, 'nowhere'))).toThrow(
      /nowhere is no model folder: it does not exist/,
    )
  })
})

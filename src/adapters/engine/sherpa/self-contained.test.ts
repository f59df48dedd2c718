import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OfflineRecognizerResult } from 'sherpa-onnx-node'
import { afterAll, describe, expect, it } from 'vitest'
import { model } from '../../../../test/support/onnx.ts'
import { tokensForDriver } from './lighter/self-contained.ts'
import { HEADER, HEADER_LENGTH, readWhisperTokens } from './lighter/whisper-tokens.ts'
import type { ModelFolder } from './model-folder.ts'
import { readOnnxMetadata } from './onnx/metadata.ts'
import { selfContained } from './self-contained.ts'
import type { WhisperSettings } from './whisper.ts'

const METADATA = {
  n_mels: '80',
  n_vocab: '20',
  n_text_ctx: '448',
  sot: '11',
  eot: '10',
  sot_sequence: '11,12,15',
  transcribe: '15',
  translate: '14',
  no_timestamps: '16',
  is_multilingual: '1',
  all_language_tokens: '12,13',
  all_language_codes: 'en,de',
}
const dir = mkdtempSync(join(tmpdir(), 'earshot-self-contained-'))
const encoder = join(dir, 'encoder.onnx')
writeFileSync(encoder, model('encoder', [], METADATA))
afterAll(() => rmSync(dir, { recursive: true }))

const whisper = selfContained({ files: { encoder } } as unknown as ModelFolder)
const settings = (change: Partial<WhisperSettings> = {}): WhisperSettings => ({
  language: '',
  task: 'transcribe',
  tailPaddings: 300,
  enableSegmentTimestamps: 1,
  enableTokenTimestamps: 0,
  ...change,
})

describe('a part for a self-contained model', () => {
  const sound = Float32Array.from({ length: 16_001 }, (_, i) => i)

  it('begins with what is wished for', () => {
    const header = (change?: Partial<WhisperSettings>): number[] => [
      ...whisper.part(sound, settings(change)).subarray(0, HEADER_LENGTH),
    ]
    const { detects, task, limit, silence, promptLength, prompt } = HEADER
    const detecting = header()
    expect([detecting[detects], detecting[promptLength], detecting[prompt]]).toEqual([1, 1, 11])
    expect([detecting[limit], detecting[silence]]).toEqual([6, 300])
    const german = header({ language: 'de', task: 'translate' })
    expect([german[detects], german[task], ...german.slice(promptLength)]).toEqual([0, 14, 3, 11, 13, 14, 0])
  })

  it('has whole frames, the sound mirrored at both ends', () => {
    const samples = whisper.part(sound, settings()).subarray(HEADER_LENGTH)
    expect(samples.length).toBe(99 * 160 + 400)
    expect([...samples.subarray(118, 123)]).toEqual([1, 0, 0, 1, 2])
    expect([...samples.subarray(16_119, 16_123)]).toEqual([15_999, 16_000, 16_000, 15_999])
  })

  it('ends with as much silence as Whisper’s window has room for', () => {
    const long = whisper.part(new Float32Array(28 * 16_000), settings())
    expect(long[HEADER.silence]).toBe(200)
  })
})

describe('what it answers', () => {
  const answer = (...tokens: string[]): OfflineRecognizerResult => ({
    text: tokens.join(''),
    tokens,
    lang: '',
    timestamps: [],
  })

  it('is text in segments, with the language where it was found', () => {
    const tokens = ['<|de|>', '<|0.20|>', ' Guten', ' Tag.', '<|1.40|>', '<|1.40|>', ' Wie\n', '<|2.00|>']
    expect(whisper.result(answer(...tokens), settings())).toMatchObject({
      text: ' Guten Tag. Wie\n',
      tokens: [' Guten', ' Tag.', ' Wie\n'],
      lang: 'de',
      segment_timestamps: [0.2, 1.4],
      segment_texts: [' Guten Tag.', ' Wie\n'],
    })
    const given = whisper.result(answer('<|0.00|>', ' Hi', '<|0.50|>'), settings({ language: 'en' }))
    expect(given).toMatchObject({ text: ' Hi', lang: 'en' })
  })

  it('goes on to the end of the part where no time ends it', () => {
    const open = whisper.result(answer('<|0.20|>', ' and', ' so'), settings({ language: 'en' }))
    expect(open).toMatchObject({ text: ' and so', segment_durations: [Number.POSITIVE_INFINITY] })
  })

  it('may be nothing at all, but not no answer', () => {
    expect(whisper.result(answer('<|0.00|>', '<|2.00|>'), settings()).text).toBe('')
    expect(() => whisper.result(answer(), settings())).toThrow('could not decode')
  })
})

it('writes its own end as the token that the driver ends with, and that token in its place', () => {
  const known = readWhisperTokens(readOnnxMetadata(encoder))
  const own = ['IQ== 0', 'Ig== 1', 'Iw== 2', 'JA== 3', 'special 11'].join('\n')
  const lines = tokensForDriver(own, known).trim().split('\n')
  expect(lines.slice(0, 4)).toEqual(['IQ== 0', 'Ig== 1', 'Iw== 10', 'JA== 3'])
  const specials = lines.slice(4).map((line) => line.split(' '))
  expect(specials.map(([token, id]) => [Buffer.from(token!, 'base64').toString(), id])).toEqual([
    ['<|en|>', '12'],
    ['<|de|>', '13'],
    ['<|0.00|>', '17'],
    ['<|0.02|>', '18'],
    ['<|0.04|>', '19'],
  ])
})

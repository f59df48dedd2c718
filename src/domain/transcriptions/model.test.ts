import { describe, expect, it } from 'vitest'
import { modelNamed } from './model.ts'

const INSTALLED = ['whisper-base', 'whisper-turbo', 'parakeet-v3']

describe('the name of a model', () => {
  it.each([
    [undefined, undefined],
    ['whisper-1', undefined],
    ['gpt-4o-mini-transcribe', undefined],
    ['gpt-4o-mini-transcribe-2025-12-15', undefined],
    ['gpt-transcribe', undefined],
    ['parakeet-v3', 'parakeet-v3'],
    ['whisper-base', 'whisper-base'],
    ['Systran/faster-whisper-base', 'whisper-base'],
    ['whisper-large-v3-turbo', 'whisper-turbo'],
    ['deepdml/faster-whisper-large-v3-turbo-ct2', 'whisper-turbo'],
    ['openai/whisper-large-v3', undefined],
    ['distil-whisper-large-v3-en', undefined],
    ['house-model', 'parakeet-v3'],
    ['gone', undefined],
  ])('%s stands for %s', (name, model) => {
    expect(modelNamed(name, INSTALLED, { 'house-model': 'parakeet-v3', gone: 'moonshine' })).toEqual({
      model,
    })
  })

  it.each(['whisper-9', 'whisper', 'tts-1', '__proto__', ''])('%s stands for none', (name) => {
    expect(modelNamed(name, INSTALLED, {})).toBeUndefined()
  })

  it('is the operator’s to give, before all others', () => {
    expect(modelNamed('whisper-1', INSTALLED, { 'whisper-1': 'whisper-base' })).toEqual({
      model: 'whisper-base',
    })
  })
})

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import sherpa from 'sherpa-onnx-node'
import type { LocalModels } from '../../models/library.ts'
import { withMarks } from './marks.ts'

/** Its name in the catalogue, and its file. */
const PUNCTUATION = 'punctuation'
const FILE = 'model.onnx'
/** What the model was made for. */
const LANGUAGES = ['zh', 'en']

/** The installed model that writes full stops and commas, or undefined. */
export function punctuationModel(models: Pick<LocalModels, 'folderOf'>): string | undefined {
  const dir = models.folderOf(PUNCTUATION)
  const path = dir && join(dir, FILE)
  return path && existsSync(path) ? path : undefined
}

export type Punctuate = (text: string, language: string | undefined) => string

/** Loads it. Text in languages that it does not know stays as it is. */
export function loadPunctuation(path: string, threads: number): Punctuate {
  const model = new sherpa.OfflinePunctuation({
    model: { ctTransformer: path, numThreads: threads, debug: 0, provider: 'cpu' },
  })
  return (text, language) => {
    const knows = language === undefined || LANGUAGES.includes(language)
    return knows && text !== '' ? withMarks(text, model.addPunct(text)) : text
  }
}

import sherpa from 'sherpa-onnx-node'
import { withMarks } from './marks.ts'

/** What the model was made for. */
const LANGUAGES = ['zh', 'en']

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

/** A folder's control tokens, without reading all fifty thousand others. */
import { readText } from '../weights/file.ts'
import { isControl, readVocabulary } from './vocabulary.ts'

/** What a tokenizer.json adds to its vocabulary stands at its beginning; Whisper's 1,600 tokens take 300 kB. */
const HEAD = 512 * 1024

/** `<|en|>`, `<|notimestamps|>` and so on, each with its number. */
export function controlTokensIn(folder: string): ReadonlyMap<string, number> {
  return added(readText(folder, 'tokenizer.json', HEAD) ?? '') ?? readVocabulary(folder).special
}

/** 3 ms, where to parse a whole tokenizer.json of 4 MB takes 100. Undefined where it does not look as expected. */
function added(json: string): Map<string, number> | undefined {
  const at = json.indexOf('"added_tokens"')
  const from = json.indexOf('[', at)
  // A list of flat objects: the first closing bracket outside of a string ends it.
  const to = at < 0 || from < 0 ? -1 : closing(json, from)
  if (to < 0) return undefined
  try {
    const tokens = JSON.parse(json.slice(from, to + 1)) as { id: number; content: string }[]
    const control = tokens.filter(({ content }) => isControl(content))
    return control.length > 0 ? new Map(control.map(({ id, content }) => [content, id])) : undefined
  } catch {
    return undefined
  }
}

function closing(json: string, from: number): number {
  let quoted = false
  for (let i = from; i < json.length; i++) {
    const letter = json[i]
    if (quoted && letter === '\\') i++
    else if (letter === '"') quoted = !quoted
    else if (letter === ']' && !quoted) return i
  }
  return -1
}

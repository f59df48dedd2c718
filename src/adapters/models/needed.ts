/** Which files of a folder or a repository make up a Whisper model: pure rules. */

/** Before the weights, so that what is missing or wrong is known before gigabytes have come. */
const SMALL = [
  'config.json',
  'generation_config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'vocabulary.json',
  'vocabulary.txt',
]
/** What stands in for a tokenizer.json in folders that were saved without one. */
const TOKENIZER_PARTS = ['vocab.json', 'merges.txt', 'added_tokens.json']
/** Each of them has all tokens. */
const VOCABULARIES = ['tokenizer.json', 'vocab.json', 'vocabulary.json', 'vocabulary.txt']
const INDEX = 'model.safetensors.index.json'
const SHARD = /^model-\d{5}-of-\d{5}\.safetensors$/

export type Needed = { files: string[] } | { missing: string }

/** @param names all files that there are */
export function neededFiles(names: readonly string[]): Needed {
  const there = new Set(names)
  const weights = weightsIn(there)
  if (weights.length === 0) return { missing: `no weights that can be used: ${whatElse(there)}` }
  if (!there.has('config.json')) return { missing: 'no config.json' }
  if (!VOCABULARIES.some((name) => there.has(name))) return { missing: 'no tokenizer.json' }
  const small = there.has('tokenizer.json') ? SMALL : [...SMALL, ...TOKENIZER_PARTS]
  return { files: [...small.filter((name) => there.has(name)), ...weights] }
}

function weightsIn(there: ReadonlySet<string>): string[] {
  for (const name of ['model.bin', 'model.safetensors']) if (there.has(name)) return [name]
  const shards = [...there].filter((name) => SHARD.test(name)).sort()
  return there.has(INDEX) && shards.length > 0 ? [INDEX, ...shards] : []
}

function whatElse(there: ReadonlySet<string>): string {
  const names = [...there]
  const ends = (end: string): boolean => names.some((name) => name.endsWith(end))
  if (there.has('pytorch_model.bin') || there.has('pytorch_model.bin.index.json'))
    return 'they are PyTorch’s (pytorch_model.bin), which could run any code; what is needed is model.safetensors or CTranslate2’s model.bin'
  if (ends('.onnx'))
    return 'it has ONNX graphs; what is needed is model.safetensors or CTranslate2’s model.bin'
  if (names.some((name) => /^ggml-.*\.bin$/.test(name)) || ends('.gguf'))
    return 'it has whisper.cpp’s format; what is needed is model.safetensors or CTranslate2’s model.bin'
  return 'neither model.safetensors nor CTranslate2’s model.bin'
}

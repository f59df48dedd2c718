/** Folders that people may well give, and that hold a Whisper in a layout of another program: what to do instead. */
import { basename } from 'node:path'

/** OpenAI's own, which `earshot models pull` has under these names. */
const PULLED: ReadonlySet<string> = new Set(
  'tiny tiny.en base base.en small small.en medium medium.en large-v3 turbo'.split(' '),
)
const SHERPA = /^(?:(.+)-)?encoder(?:\.int8)?\.onnx$/
const OPENAI = /^(.+)\.pt$/
const WHISPER_CPP = /^ggml-(.+?)(?:-q\d_\w+)?\.bin$/

export function whatElse(folder: string, files: readonly string[]): string {
  const named = (pattern: RegExp): string | undefined => {
    const match = files.map((file) => pattern.exec(file)).find(Boolean)
    return match ? (match[1] ?? basename(folder).replace(/^.*whisper-/, '')) : undefined
  }
  const pull = (name: string): string =>
    `fetch the same model with "earshot models pull whisper-${PULLED.has(name) ? name : 'base'}"${PULLED.has(name) ? '' : ', or another that "earshot models" lists'}`
  const sherpa = named(SHERPA)
  if (sherpa !== undefined)
    return `holds a Whisper in sherpa-onnx's layout, which is no longer read: ${pull(sherpa)}`
  const cpp = named(WHISPER_CPP)
  if (cpp !== undefined) return `holds a Whisper in whisper.cpp's layout, which is not read: ${pull(cpp)}`
  if (files.some((file) => /^pytorch_model.*\.bin(\.index\.json)?$/.test(file)))
    return (
      'has only pytorch_model.bin, a kind of file that can run code when it is opened: convert it with ' +
      `"ct2-transformers-converter --model ${folder} --output_dir ${folder}-ct2 --quantization float16 --copy_files tokenizer.json", and give that folder`
    )
  const openai = named(OPENAI)
  if (openai !== undefined)
    return `holds ${openai}.pt, a kind of file that can run code when it is opened: ${pull(openai)}`
  if (files.includes('adapter_model.safetensors'))
    return "holds only an adapter: merge it into its model with PEFT's merge_and_unload(), save that with save_pretrained(), and give that folder"
  return 'holds no Whisper weights: it needs model.bin (CTranslate2) or model.safetensors (Hugging Face), with config.json and tokenizer.json'
}

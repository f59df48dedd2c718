/** Opens a folder of Whisper weights, in whichever layout people have them. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openCtranslate2 } from './ctranslate2.ts'
import { openHuggingFace } from './hugging-face.ts'
import { whatElse } from './other-layouts.ts'
import { SAFETENSORS, SAFETENSORS_INDEX } from './safetensors.ts'
import { asWhisper } from './shape.ts'
import { type Tensors, WeightsError, type WhisperWeights } from './weights.ts'

export function openWeights(folder: string): WhisperWeights {
  const files = filesOf(folder)
  if (files.includes('model.bin')) {
    const tensors = openCtranslate2(join(folder, 'model.bin'))
    return closedOnFault(tensors, () =>
      asWhisper(tensors, { encoder: heads(tensors, 'encoder'), decoder: heads(tensors, 'decoder') }, folder),
    )
  }
  if (files.includes(SAFETENSORS) || files.includes(SAFETENSORS_INDEX)) {
    const { tensors, heads } = openHuggingFace(folder)
    return closedOnFault(tensors, () => asWhisper(tensors, heads, folder))
  }
  throw new WeightsError(`${folder} ${whatElse(folder, files)}`)
}

function closedOnFault<T>(tensors: Tensors, use: () => T): T {
  try {
    return use()
  } catch (error) {
    tensors.close()
    throw error
  }
}

/** CTranslate2 stores them as a scalar, and takes 8 where they are missing. */
function heads(tensors: Tensors, part: 'encoder' | 'decoder'): number {
  const name = `${part}/num_heads`
  return tensors.dims(name)?.length === 0 ? tensors.read(name)[0]! : 8
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    const why = { ENOENT: 'is not there', ENOTDIR: 'is a file, not a folder', EACCES: 'may not be read' }
    const code = (error as NodeJS.ErrnoException).code as keyof typeof why
    throw new WeightsError(
      `${folder} ${why[code] ?? `can't be read (${code})`}: give the path of a folder with Whisper's weights`,
    )
  }
}

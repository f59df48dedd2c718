import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { serveParent, tellParent } from '../../supervision/serve-parent.ts'
import { readOnnxMetadata } from '../onnx/metadata.ts'
import { FILES } from './files.ts'
import type { DecoderShape } from './recording.ts'
import { rewriteModel, type Step } from './rewrite.ts'
import { tokensForDriver } from './self-contained.ts'
import { readWhisperTokens } from './whisper-tokens.ts'

/** What this process is asked for, once. */
export interface ToRewriter {
  from: { encoder: string; decoder: string; tokens: string }
  /** A folder that is there. */
  to: string
  steps: readonly Step[]
}

export interface FromRewriter {
  /** Which of the steps were done; without any, nothing is written. */
  done: Step[]
}

/** A process that rewrites a model, with its hundreds of megabytes. Started by `lighten`, never imported. */
serveParent((message) => tellParent({ done: rewrite(message as ToRewriter) } satisfies FromRewriter))

function rewrite({ from, to, steps }: ToRewriter): Step[] {
  try {
    const metadata = readOnnxMetadata(from.encoder)
    const tokens = readWhisperTokens(metadata)
    const model = {
      decoder: readFileSync(from.decoder),
      ...(steps.includes('self-contained') && { encoder: readFileSync(from.encoder) }),
      shape: shapeOf(metadata),
      tokens,
    }
    const made = rewriteModel(model, steps)
    if (!made) return []
    const isSelfContained = made.steps.includes('self-contained')
    write(join(to, isSelfContained ? FILES.mergedDecoder : FILES.decoder), made.decoder)
    if (made.encoder) write(join(to, FILES.encoder), made.encoder)
    if (isSelfContained)
      writeFileSync(join(to, FILES.tokens), tokensForDriver(readFileSync(from.tokens, 'utf8'), tokens))
    return made.steps
  } catch {
    return [] // no ONNX file, no room: then it stays as it is
  }
}

function shapeOf(metadata: ReadonlyMap<string, string>): DecoderShape {
  const number = (key: string): number => Number(metadata.get(key))
  return { layers: number('n_text_layer'), heads: number('n_text_head'), state: number('n_text_state') }
}

function write(path: string, pieces: readonly Buffer[]): void {
  const fd = openSync(path, 'w')
  for (const piece of pieces) writeSync(fd, piece)
  closeSync(fd)
}

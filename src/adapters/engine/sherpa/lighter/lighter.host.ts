import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { serveParent, tellParent } from '../../supervision/serve-parent.ts'
import { readOnnxMetadata } from '../onnx/metadata.ts'
import type { DecoderShape } from './recording.ts'
import { rewriteModel, type Step } from './rewrite.ts'

/** What this process is asked for, once. */
export interface ToRewriter {
  from: { encoder: string; decoder: string }
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
    const files = {
      decoder: readFileSync(from.decoder),
      ...(steps.includes('recording') && { encoder: readFileSync(from.encoder) }),
    }
    const made = rewriteModel(files, shapeOf(from.encoder), steps)
    if (made) write(join(to, 'decoder.onnx'), made.decoder)
    if (made?.encoder) write(join(to, 'encoder.onnx'), made.encoder)
    return made?.steps ?? []
  } catch {
    return [] // no ONNX file, no room: then it stays as it is
  }
}

function shapeOf(encoder: string): DecoderShape {
  const metadata = readOnnxMetadata(encoder)
  const number = (key: string): number => Number(metadata.get(key))
  return { layers: number('n_text_layer'), heads: number('n_text_head'), state: number('n_text_state') }
}

function write(path: string, pieces: readonly Buffer[]): void {
  const fd = openSync(path, 'w')
  for (const piece of pieces) writeSync(fd, piece)
  closeSync(fd)
}

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { serveParent, tellParent } from '../../supervision/serve-parent.ts'
import { type Rewriting, rewriteDecoder } from './rewrite.ts'

/** What this process is asked for, once. */
export interface ToRewriter {
  from: string
  to: string
  rewriting: Rewriting
}

export interface FromRewriter {
  /** Whether `to` was written. */
  written: boolean
}

/** A process that rewrites a decoder, with its hundreds of megabytes. Started by `lighten`, never imported. */
serveParent((message) => tellParent({ written: rewrite(message as ToRewriter) } satisfies FromRewriter))

function rewrite({ from, to, rewriting }: ToRewriter): boolean {
  try {
    const pieces = rewriteDecoder(readFileSync(from), rewriting)
    if (!pieces) return false
    const fd = openSync(to, 'w')
    for (const piece of pieces) writeSync(fd, piece)
    closeSync(fd)
    return true
  } catch {
    return false // no ONNX file, weights of its own beside it, no room: then it stays as it is
  }
}

/** What commands print. */
import { fstatSync, writeSync } from 'node:fs'

/** Node's own stdout says nothing where a disk takes a part of the text and no more. @throws OutputError */
export function say(text: string | Buffer): void {
  if (!fstatSync(1).isFile()) {
    process.stdout.write(text)
    return
  }
  let left = typeof text === 'string' ? Buffer.from(text) : text
  try {
    while (left.length > 0) left = left.subarray(writeSync(1, left))
  } catch (cause) {
    throw new OutputError(cause as NodeJS.ErrnoException)
  }
}

/** Results for scripts: one JSON value on stdout. */
export const print = (value: unknown): void => say(`${JSON.stringify(value, null, 2)}\n`)

export class OutputError extends Error {
  constructor(cause: NodeJS.ErrnoException) {
    super(`the output could not be written: ${cause.message}`, { cause })
    this.name = 'OutputError'
  }
}

/**
 * What goes wrong with pipes and devices shows after the write. A reader that has had enough (`| head -1`) is
 * no fault; nor can it be told of one where stderr is the pipe.
 */
export function watchOutput(onFirstError: (error: OutputError) => void): void {
  let told = false
  process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EPIPE' && !told) onFirstError(new OutputError(cause))
    told = true
  })
  process.stderr.on('error', () => {})
}

import type { RecogniseOptions } from '../../ports/engine.ts'

/** How a part is to be heard, as text. What the voice detector said comes back bit by bit. */
export const writeOptions = ({ speech, ...options }: RecogniseOptions): string =>
  JSON.stringify({ ...options, ...(speech && { speech: bytesOf(speech).toString('base64') }) })

export function readOptions(text: string): RecogniseOptions {
  const { speech, ...options } = JSON.parse(text) as Omit<RecogniseOptions, 'speech'> & { speech?: string }
  return { ...options, ...(speech !== undefined && { speech: floatsOf(Buffer.from(speech, 'base64')) }) }
}

const bytesOf = (values: Float32Array): Buffer =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength)

/** A copy: bytes out of a pool lie anywhere, and floats want to begin at a multiple of four. */
const floatsOf = (bytes: Buffer): Float32Array => new Float32Array(new Uint8Array(bytes).buffer)

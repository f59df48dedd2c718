/** How loud a recording is, as the server's data file (audiowaveform, version 2, 8 bits) tells it. */

export interface Peaks {
  perSecond: number
  /** 0 to 255 for each stretch: how far it swings, beside the loudest of the recording. */
  levels: Uint8Array
}

/** What lies between two seconds. */
export interface Span {
  from: number
  to: number
}

/** Of 255. What is fainter than this is drawn as quiet, however quiet the rest is. */
const FAINT = 8
const HEADER_BYTES = 24

export function readPeaks(bytes: Uint8Array): Peaks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [rate, stretch, length] = [8, 12, 16].map((at) => view.getInt32(at, true)) as [number, number, number]
  const pairs = new Int8Array(bytes.buffer, bytes.byteOffset + HEADER_BYTES, 2 * length)
  const levels = new Uint8Array(length)
  let loudest = FAINT
  for (let k = 0; k < length; k++) {
    levels[k] = (pairs[2 * k + 1] ?? 0) - (pairs[2 * k] ?? 0)
    loudest = Math.max(loudest, levels[k] ?? 0)
  }
  for (let k = 0; k < length; k++) levels[k] = Math.round(((levels[k] ?? 0) / loudest) * 255)
  return { perSecond: rate / stretch, levels }
}

/** The loudest of each of `count` equal stretches, 0 to 1. */
export function columnsOf({ perSecond, levels }: Peaks, { from, to }: Span, count: number): Float32Array {
  const columns = new Float32Array(count)
  const step = ((to - from) * perSecond) / count
  for (let k = 0; k < count; k++) {
    const begin = Math.floor(from * perSecond + k * step)
    const end = Math.max(begin + 1, Math.floor(from * perSecond + (k + 1) * step))
    let loudest = 0
    for (let at = begin; at < end && at < levels.length; at++) loudest = Math.max(loudest, levels[at] ?? 0)
    columns[k] = loudest / 255
  }
  return columns
}

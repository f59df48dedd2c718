/** What holds other elements, and in a recording that is being made has no length: Segment and Cluster. */
const HOLDERS = new Set([0x18538067, 0x1f43b675])
/** Further behind than any piece of sound is long: the stream is not what we take it for. */
const LOST_BYTES = 65_536

/**
 * Follows a WebM while it is written, and says up to where it can be read: Chromium cuts its pieces in the middle of a
 * block, and servers refuse such a file as not sent to its end.
 * @returns takes the next bytes, and gives the length of what is whole so far
 */
export function webmEnd(): (bytes: Uint8Array) => number {
  let position = 0
  let whole = 0
  let header: number[] = []
  let left = 0
  return (bytes) => {
    for (let k = 0; k < bytes.length; ) {
      if (left === 0) {
        header.push(bytes[k++] as number)
        position++
        const body = bodyAfter(header)
        if (body === undefined) continue
        header = []
        left = body
      } else {
        const taken = Math.min(left, bytes.length - k)
        left -= taken
        position += taken
        k += taken
        if (left === 0) whole = position
      }
    }
    return position - whole > LOST_BYTES ? position : whole
  }
}

/** How long an element's body is, 0 for what holds others; undefined: its header goes on. */
function bodyAfter(header: readonly number[]): number | undefined {
  const idLength = widthOf(header[0] as number)
  const first = header[idLength]
  if (first === undefined) return undefined
  const sizeLength = widthOf(first)
  if (header.length < idLength + sizeLength) return undefined
  const id = header.slice(0, idLength).reduce((sum, byte) => sum * 256 + byte, 0)
  if (HOLDERS.has(id)) return 0
  const size = header.slice(idLength + 1, idLength + sizeLength)
  return size.reduce((sum, byte) => sum * 256 + byte, first & (0xff >> sizeLength))
}

/** Of a number whose first byte says by its leading zeros how many bytes it has. */
const widthOf = (first: number): number => Math.clz32(first) - 23

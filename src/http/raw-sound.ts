/** Sound without a container, as some clients send it: it becomes a WAV file while it passes. */
import { Readable } from 'node:stream'

/** As WAV numbers them. */
const CODINGS = { linear16: 1, alaw: 6, mulaw: 7 } as const

export interface RawSound {
  coding: keyof typeof CODINGS
  rate: number
  channels: number
}

/** What says itself that it is a WAV file is left as it is, whatever the client says of it. */
export const asWav = (body: Readable, sound: RawSound): Readable =>
  Readable.from(contained(body, sound), { objectMode: false })

async function* contained(body: AsyncIterable<Buffer>, sound: RawSound): AsyncGenerator<Buffer> {
  let begin = Buffer.alloc(0)
  let isBegun = false
  for await (const chunk of body) {
    if (isBegun) {
      yield chunk
      continue
    }
    begin = Buffer.concat([begin, chunk])
    if (begin.length < 12) continue
    isBegun = true
    if (!isWav(begin)) yield header(sound)
    yield begin
  }
  if (isBegun) return
  yield header(sound)
  if (begin.length > 0) yield begin
}

const isWav = (begin: Buffer): boolean =>
  begin.toString('latin1', 0, 4) === 'RIFF' && begin.toString('latin1', 8, 12) === 'WAVE'

/** How long it will be is not known yet: what a writer that cannot go back puts there. */
const UNKNOWN = 0xffff_ffff

function header({ coding, rate, channels }: RawSound): Buffer {
  const bytes = coding === 'linear16' ? 2 : 1
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(UNKNOWN, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(CODINGS[coding], 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * channels * bytes, 28)
  head.writeUInt16LE(channels * bytes, 32)
  head.writeUInt16LE(bytes * 8, 34)
  head.write('data', 36)
  head.writeUInt32LE(UNKNOWN, 40)
  return head
}

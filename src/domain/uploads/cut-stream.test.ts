import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutStream } from './cut-stream.ts'

const chunks = fc.array(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  { maxLength: 12 },
)

it('property: gives every byte, in order, in pieces of the size, and the error last', async () => {
  await fc.assert(
    fc.asyncProperty(chunks, fc.integer({ min: 1, max: 50 }), fc.boolean(), async (sent, size, breaks) => {
      const source = Readable.from(
        (function* () {
          yield* sent
          if (breaks) throw new Error('broken')
        })(),
      )
      const pieces: Buffer[] = []
      const read = async (): Promise<void> => {
        for await (const piece of cutStream(source, size)) pieces.push(await buffer(piece))
      }
      if (breaks) await expect(read()).rejects.toThrow('broken')
      else await read()
      expect(Buffer.concat(pieces)).toEqual(Buffer.concat(sent))
      expect(pieces.slice(0, -1).every(({ length }) => length === size)).toBe(true)
      expect(pieces.every(({ length }) => length > 0 && length <= size)).toBe(true)
    }),
  )
})

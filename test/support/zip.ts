import { inflateRawSync } from 'node:zlib'

/** A file of a ZIP archive as text. Enough for archives that were written in one go, as documents are. */
export function textInZip(zip: Buffer, wanted: string): string {
  let at = zip.readUInt32LE(zip.lastIndexOf('PK\x05\x06') + 16)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((k) => zip.readUInt16LE(at + k))
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength!)
    if (name === wanted) return entry(zip, zip.readUInt32LE(at + 42), zip.readUInt32LE(at + 20))
    at += 46 + nameLength! + extraLength! + noteLength!
  }
  throw new Error(`there is no ${wanted} in the archive`)
}

function entry(zip: Buffer, at: number, packed: number): string {
  const from = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28)
  const bytes = zip.subarray(from, from + packed)
  return (zip.readUInt16LE(at + 8) === 0 ? bytes : inflateRawSync(bytes)).toString('utf8')
}

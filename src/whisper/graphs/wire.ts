/** Protobuf's wire format, as far as writing an ONNX file needs it: a message is a list of fields. */

function varint(value: number | bigint): Buffer {
  const out: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    const low = Number(rest & 127n)
    rest >>= 7n
    out.push(rest ? low | 128 : low)
  } while (rest)
  return Buffer.from(out)
}

/** A field with an integer. */
export const int = (field: number, value: number | bigint): Buffer =>
  Buffer.concat([varint(field << 3), varint(value)])

/** A field with a 32-bit float. */
export function float(field: number, value: number): Buffer {
  const body = Buffer.alloc(4)
  body.writeFloatLE(value)
  return Buffer.concat([varint((field << 3) | 5), body])
}

/** A field with a string, bytes or a message. */
export function bytes(field: number, value: Uint8Array | string): Buffer {
  const body = typeof value === 'string' ? Buffer.from(value) : value
  return Buffer.concat([varint((field << 3) | 2), varint(body.length), body])
}

/** Reads protobuf's wire format, as far as ONNX files use it: a message is a list of fields. */

export interface Field {
  number: number
  /** Of a varint; 0 for others. Beyond 2^53 it is not exact, and nothing here needs it to be. */
  value: number
  /** Of a string, bytes or a message; of a fixed-width number too. */
  body: Buffer
  /** The whole field, to be copied as it is. */
  raw: Buffer
}

/** The file ends within a field, or is no protobuf at all. */
export class NotAMessage extends Error {
  override readonly name = 'NotAMessage'
}

/** Steps through a message without copying. @throws NotAMessage */
export function* fieldsOf(message: Buffer): Generator<Field> {
  for (let at = 0; at < message.length; ) {
    const tag = varintAt(message, at)
    const wire = tag.value % 8
    const number = (tag.value - wire) / 8
    let value = 0
    let from = tag.end
    let to: number
    if (wire === 0) ({ value, end: to } = varintAt(message, from))
    else if (wire === 1) to = from + 8
    else if (wire === 5) to = from + 4
    else if (wire === 2) {
      const length = varintAt(message, from)
      from = length.end
      to = from + length.value
    } else throw new NotAMessage()
    if (to > message.length) throw new NotAMessage()
    yield { number, value, body: message.subarray(from, to), raw: message.subarray(at, to) }
    at = to
  }
}

/** @throws NotAMessage where the buffer ends before the number does */
export function varintAt(buffer: Buffer, at: number): { value: number; end: number } {
  let value = 0
  for (let i = at; i < buffer.length && i < at + 10; i++) {
    value += (buffer[i]! & 127) * 2 ** (7 * (i - at))
    if (buffer[i]! < 128) return { value, end: i + 1 }
  }
  throw new NotAMessage()
}

/** The varints of a field that may hold one or, packed, many. */
export function varintsOf({ raw, body, value, number }: Field): number[] {
  const single = varintAt(raw, 0).value === number * 8
  if (single) return [value]
  const values: number[] = []
  for (let at = 0; at < body.length; ) {
    const next = varintAt(body, at)
    values.push(next.value)
    at = next.end
  }
  return values
}

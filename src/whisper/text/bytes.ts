/** GPT-2 writes each byte as one printable letter: itself where it is one, else a letter from U+0100 on. */

const printable = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae

let others = 0
export const LETTERS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  String.fromCharCode(printable(byte) ? byte : 256 + others++),
)

const bytes: ReadonlyMap<string, number> = new Map(LETTERS.map((letter, byte) => [letter, byte]))

const utf8 = new TextEncoder()

/** @returns one letter for each byte of the text in UTF-8 */
export function toLetters(text: string): string {
  let spelt = ''
  for (const byte of utf8.encode(text)) spelt += LETTERS[byte]
  return spelt
}

/** Letters that stand for no byte are taken as themselves, all of them then. */
export function fromLetters(spelt: string): Uint8Array {
  const out = new Uint8Array(spelt.length)
  for (let i = 0; i < spelt.length; i++) {
    const byte = bytes.get(spelt[i]!)
    if (byte === undefined) return utf8.encode(spelt)
    out[i] = byte
  }
  return out
}

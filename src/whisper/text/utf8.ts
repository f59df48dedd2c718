/** Where characters end in UTF-8 that comes in pieces. */

/** A character that has begun: how many bytes it still lacks, and between which the next must lie. */
export interface OpenCharacter {
  readonly lacks: number
  readonly from: number
  readonly to: number
}

export const continues = ({ from, to }: OpenCharacter, byte: number): boolean => byte >= from && byte <= to

/** @returns undefined where no character is open after the byte */
export function afterByte(open: OpenCharacter | undefined, byte: number): OpenCharacter | undefined {
  if (!open || !continues(open, byte)) return opened(byte)
  return open.lacks > 1 ? { lacks: open.lacks - 1, from: 0x80, to: 0xbf } : undefined
}

/** As the standard has it: neither overlong forms, nor surrogates, nor beyond U+10FFFF. */
function opened(byte: number): OpenCharacter | undefined {
  if (byte < 0xc2 || byte > 0xf4) return undefined
  return {
    lacks: byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3,
    from: byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80,
    to: byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf,
  }
}

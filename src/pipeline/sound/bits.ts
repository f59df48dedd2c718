/** Bits in bytes, the highest first, and the sums of FLAC's frames. */

export class BitWriter {
  readonly #bytes: Uint8Array<ArrayBuffer>
  #at = 0
  /** What is not a whole byte yet, and how many bits that is. */
  #rest = 0
  #count = 0

  /** @param most bytes that will be written at most */
  constructor(most: number) {
    this.#bytes = new Uint8Array(most)
  }

  /** In bytes; what was begun does not count. */
  get position(): number {
    return this.#at
  }

  /** At most 24 bits. */
  write(value: number, bits: number): void {
    this.#rest = (this.#rest << bits) | value
    this.#count += bits
    while (this.#count >= 8) {
      this.#count -= 8
      this.#bytes[this.#at++] = this.#rest >>> this.#count
      this.#rest &= (1 << this.#count) - 1
    }
  }

  /** Rice's code: the higher bits as so many zeros and a one, then the lower ones. */
  rice(value: number, low: number): void {
    let zeros = value >>> low
    // Nearly always.
    if (zeros + 1 + low <= 24) {
      this.write((1 << low) | (value & ((1 << low) - 1)), zeros + 1 + low)
      return
    }
    for (; zeros >= 16; zeros -= 16) this.write(0, 16)
    this.write(1, zeros + 1)
    if (low > 0) this.write(value & ((1 << low) - 1), low)
  }

  /** Fills up the byte that was begun. */
  align(): void {
    if (this.#count > 0) this.write(0, 8 - this.#count)
  }

  since(position: number): Uint8Array {
    return this.#bytes.subarray(position, this.#at)
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#at)
  }
}

export class BitReader {
  readonly #bytes: Uint8Array
  /** In bits. */
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** At most 24 bits. @throws RangeError past the end */
  read(bits: number): number {
    let value = 0
    for (let left = bits; left > 0; ) {
      const byte = this.#bytes[this.#at >> 3]
      if (byte === undefined) throw new RangeError('no more bits')
      const here = 8 - (this.#at & 7)
      const taken = Math.min(here, left)
      value = (value << taken) | ((byte >> (here - taken)) & ((1 << taken) - 1))
      this.#at += taken
      left -= taken
    }
    return value
  }

  /** @throws RangeError past the end */
  rice(low: number): number {
    let high = 0
    for (;;) {
      const byte = this.#bytes[this.#at >> 3]
      if (byte === undefined) throw new RangeError('no more bits')
      const here = 8 - (this.#at & 7)
      const ahead = byte & ((1 << here) - 1)
      if (ahead === 0) {
        high += here
        this.#at += here
        continue
      }
      const zeros = here - (32 - Math.clz32(ahead))
      high += zeros
      this.#at += zeros + 1
      return low === 0 ? high : (high << low) | this.read(low)
    }
  }

  skip(bits: number): void {
    this.#at += bits
  }

  align(): void {
    this.#at = (this.#at + 7) & ~7
  }
}

const tableOf = (polynomial: number, bits: 8 | 16): Uint16Array =>
  Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (bits - 8)
    for (let i = 0; i < 8; i++) crc = crc & (1 << (bits - 1)) ? (crc << 1) ^ polynomial : crc << 1
    return crc & ((1 << bits) - 1)
  })

const CRC8 = tableOf(0x07, 8)
const CRC16 = tableOf(0x8005, 16)

export function crc8(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) crc = CRC8[crc ^ byte]!
  return crc
}

export function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ CRC16[(crc >> 8) ^ byte]!
  return crc
}

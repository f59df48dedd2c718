/** As much of AAC as it takes to tell frames of one layout of channels from those of another. */

/** Of a whole track, as `AudioSpecificConfig` says it. */
export interface AacTrack {
  /** 2 is AAC-LC. */
  objectType: number
  /** An index of `RATES`. */
  rate: number
  /** 1 to 7 in the order of the standard: mono, stereo, … 5.1, 7.1; 0: described in the frames. */
  layout: number
}

export const RATES = [
  ...[96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350],
]

/** @returns undefined for what is none, or unusual */
export function readAacTrack(config: Buffer): AacTrack | undefined {
  if (config.length < 2) return undefined
  const bits = config.readUInt16BE(0)
  const track = { objectType: bits >> 11, rate: (bits >> 7) & 15, layout: (bits >> 3) & 15 }
  const shortFrames = (bits & 4) !== 0
  const usual = track.objectType >= 1 && track.objectType <= 4 && track.rate < RATES.length
  return usual && track.layout <= 7 && !shortFrames ? track : undefined
}

/** What the decoder adds at the top (SBR, PS) it finds in the frames. */
export function aacConfig({ objectType, rate }: AacTrack, layout: number): Buffer {
  const bits = Buffer.alloc(2)
  bits.writeUInt16BE((objectType << 11) | (rate << 7) | (layout << 3))
  return bits
}

/** The first that a browser can record: Opus where it can, AAC on Apple’s. */
const TYPES = [
  { type: 'audio/webm;codecs=opus', ending: 'webm' },
  { type: 'audio/ogg;codecs=opus', ending: 'ogg' },
  { type: 'audio/mp4', ending: 'm4a' },
] as const

export interface SoundType {
  type: string
  ending: string
}

/** Undefined: it records none that servers read. */
export const soundType = (isSupported: (type: string) => boolean): SoundType | undefined =>
  TYPES.find(({ type }) => isSupported(type))

/** “Recording 2026-11-27 09.12.05.webm”, by the clock of this place; colons are not allowed in file names everywhere. */
export function recordingName(title: string, at: Date, ending: string): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('.')
  return `${title} ${day} ${time}.${ending}`
}

import type { Stretch } from '../ffmpeg.ts'
import { FileBytes } from './bytes.ts'
import { HEAD, kindOf } from './kinds.ts'

/** Bytes of tolerance: some writers are off by a few. */
export const TOLERATED = 4096

export interface Lacking {
  /** Fewer bytes than the headers say, which ffmpeg does not report for some formats; 0: none. Undefined: they do not say. */
  bytes: number | undefined
  /** It says of each piece how long it is, but not of itself: a piece may be cut off, but nothing says what is missing. */
  inPieces: boolean
}

export async function lackingIn({ path, from, to }: Stretch): Promise<Lacking> {
  const bytes = await FileBytes.open(path)
  try {
    const kind = kindOf(await bytes.at(from, HEAD))
    const walked = await kind?.pieces?.(bytes, from)
    const end = walked?.end ?? (await kind?.end?.(bytes, from))
    return { bytes: end === undefined ? undefined : Math.max(0, end - to), inPieces: walked !== undefined }
  } finally {
    await bytes.close()
  }
}

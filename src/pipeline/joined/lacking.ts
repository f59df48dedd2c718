import type { Stretch } from '../ffmpeg.ts'
import { FileBytes } from './bytes.ts'
import { HEAD, kindOf } from './kinds.ts'

/** Bytes: sloppy writers are off by some. */
const TOLERATED = 4096

/**
 * Whether a recording is shorter than its own lengths say, in bytes: what ffmpeg passes over in some formats without
 * a word. Undefined: it does not say.
 */
export async function lacksBytes({ path, from, to }: Stretch): Promise<boolean | undefined> {
  const bytes = await FileBytes.open(path)
  try {
    const end = await kindOf(await bytes.at(from, HEAD))?.end?.(bytes, from)
    return end === undefined ? undefined : end > to + TOLERATED
  } finally {
    await bytes.close()
  }
}

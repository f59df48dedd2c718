import type { Stretch } from '../ffmpeg.ts'
import { FileBytes } from './bytes.ts'
import { HEAD, kindOf } from './kinds.ts'

/** Bytes of tolerance: some writers are off by a few. */
const TOLERATED = 4096

/**
 * Whether a recording has fewer bytes than its own headers say, which ffmpeg does not report for some formats. Undefined:
 * the headers do not say.
 */
export async function lacksBytes({ path, from, to }: Stretch): Promise<boolean | undefined> {
  const bytes = await FileBytes.open(path)
  try {
    const kind = kindOf(await bytes.at(from, HEAD))
    const end = (await kind?.pieces?.(bytes, from))?.end ?? (await kind?.end?.(bytes, from))
    return end === undefined ? undefined : end > to + TOLERATED
  } finally {
    await bytes.close()
  }
}

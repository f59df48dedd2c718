import type { LocalFile } from '../ffmpeg.ts'
import { mendedAvi } from './avi.ts'
import type { Mended } from './mended.ts'
import { mendedMp4 } from './mp4.ts'
import { mendedWavpack } from './wavpack.ts'

/** Undefined: nothing is broken, or nothing can be done about it. */
export const mend = async (file: LocalFile): Promise<Mended | undefined> =>
  (await mendedWavpack(file)) ?? (await mendedAvi(file)) ?? (await mendedMp4(file))

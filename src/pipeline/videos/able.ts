import { run } from '../ffmpeg.ts'

const NEEDED = [
  { ask: 'filter=ass', says: 'Filter ass', name: 'libass' },
  { ask: 'encoder=libx264', says: 'Encoder libx264', name: 'libx264' },
  { ask: 'encoder=aac', says: 'Encoder aac', name: 'the encoder aac' },
] as const

const ASK_AGAIN_MS = 60_000

/** What the installed ffmpeg lacks to draw subtitles into a video, for people to read; undefined: nothing. */
export async function lackingForVideos(ffmpeg = 'ffmpeg'): Promise<string | undefined> {
  const said = await Promise.all(
    NEEDED.map(async ({ ask, says, name }) => {
      const limits = { timeoutMs: 20_000, maxBytes: 1024 * 1024 }
      const { stdout, stderr } = await run(ffmpeg, ['-hide_banner', '-h', ask], limits)
      return `${stdout}${stderr}`.includes(says) ? [] : [name]
    }),
  )
  const names = said.flat()
  return names.length > 0 ? names.join(', ') : undefined
}

/** The same, remembered: for good where nothing is lacking, else for a while, in which somebody may install it. */
export function videoAbility(look = lackingForVideos): () => Promise<boolean> {
  let asked: Promise<boolean> | undefined
  let at = Number.NEGATIVE_INFINITY
  return async () => {
    const able = await asked
    if (able || performance.now() - at < ASK_AGAIN_MS) return able ?? false
    at = performance.now()
    asked = look().then(
      (lacking) => lacking === undefined,
      () => false,
    )
    return asked
  }
}

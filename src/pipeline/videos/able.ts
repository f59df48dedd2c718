import { run } from '../ffmpeg.ts'

/** Lists of what ffmpeg has. To ask for each by its own help took a process more, and a tenth of a second at each start. */
const NEEDED = [
  { list: '-filters', names: [['ass', 'libass']] },
  {
    list: '-encoders',
    names: [
      ['libx264', 'libx264'],
      ['aac', 'the encoder aac'],
    ],
  },
] as const

/** What the installed ffmpeg lacks to draw subtitles into a video, for people to read; undefined: nothing. */
export async function lackingForVideos(ffmpeg = 'ffmpeg'): Promise<string | undefined> {
  const lacking = await Promise.all(
    NEEDED.map(async ({ list, names }) => {
      const limits = { timeoutMs: 20_000, maxBytes: 1024 * 1024 }
      const { stdout } = await run(ffmpeg, ['-hide_banner', list], limits)
      // Of each its flags, its name, and more about it.
      const listed = new Set(stdout.split('\n').map((line) => line.trim().split(/\s+/, 2)[1]))
      return names.filter(([name]) => !listed.has(name)).map(([, told]) => told)
    }),
  )
  const all = lacking.flat()
  return all.length > 0 ? all.join(', ') : undefined
}

import { lackingForVideos } from '../pipeline/videos/able.ts'
import type { Finding } from '../ports/inspector.ts'

/** Whether subtitles can be drawn into videos here. No finding without ffmpeg, which is said already. */
export async function videoFindings(): Promise<Finding[]> {
  const name = 'videos with subtitles'
  const cure =
    'install an ffmpeg with libass, libx264 and aac, as Debian, Ubuntu and Homebrew have it; all else works without'
  try {
    const lacking = await lackingForVideos()
    const says = lacking === undefined ? 'can be made' : `cannot be made: ffmpeg lacks ${lacking}`
    return [{ name, ok: lacking === undefined, says, cure }]
  } catch {
    return []
  }
}

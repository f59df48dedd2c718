/** A browser that cannot read a file may also never say so. */
const PATIENCE_MS = 5_000

/** How long a media file plays, seconds; null: this browser cannot tell. Nothing leaves the machine. */
export function mediaLength(file: File): Promise<number | null> {
  const url = URL.createObjectURL(file)
  const player = document.createElement('video')
  return new Promise<number | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), PATIENCE_MS)
    const tell = (seconds: number | null) => {
      clearTimeout(timer)
      resolve(seconds)
    }
    player.preload = 'metadata'
    player.onloadedmetadata = () => tell(Number.isFinite(player.duration) ? player.duration : null)
    player.onerror = () => tell(null)
    player.src = url
  }).finally(() => {
    player.removeAttribute('src')
    URL.revokeObjectURL(url)
  })
}

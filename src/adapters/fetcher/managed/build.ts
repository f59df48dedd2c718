/** Which of a release's files runs on this machine. */

export interface Machine {
  platform: NodeJS.Platform
  arch: string
  /** Undefined with another C library than GNU's: musl. */
  glibc: string | undefined
}

/**
 * The standalone build where there is one: it brings its own Python, and what TikTok and Instagram want to
 * see of a browser. Elsewhere the build that runs on the machine's `python3`.
 */
export function buildFor({ platform, arch, glibc }: Machine): string {
  if (platform === 'darwin') return 'yt-dlp_macos'
  const suffix = { x64: '', arm64: '_aarch64' }[arch]
  if (platform !== 'linux' || suffix === undefined) return 'yt-dlp'
  return `yt-dlp_${glibc ? '' : 'musl'}linux${suffix}`
}

export function thisMachine(): Machine {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  return { platform: process.platform, arch: process.arch, glibc: header.glibcVersionRuntime }
}

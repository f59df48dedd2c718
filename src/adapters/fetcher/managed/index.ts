/** yt-dlp as Earshot keeps it itself: the official build, verified, renewed daily. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chmod, rm } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DownloaderError, type DownloaderUpdate } from '../../../ports/downloader.ts'
import { versionOf, type YtDlpCommand } from '../command.ts'
import { buildFor, thisMachine } from './build.ts'
import { RELEASE_KEY } from './release-key.ts'
import { explained, type Releases } from './releases.ts'
import { signedHash } from './signature.ts'
import { ytDlpStore } from './store.ts'

export interface ManagedOptions {
  /** Where the copies are kept. */
  dir: string
  releases: Releases
  /** Armored public key; that of yt-dlp's makers, except in tests. */
  key?: string
  /** Which file of a release; the one for this machine, except in tests. */
  build?: string
}

export interface ManagedYtDlp {
  installed(): Promise<YtDlpCommand | null>
  /** Epoch ms of the last successful look for a newer one; 0: never. */
  checkedAt(): Promise<number>
  /** One at a time: who asks meanwhile gets the same answer. @throws DownloaderError; what there was stays */
  update(): Promise<DownloaderUpdate>
  /** Breaks off what is being fetched. */
  close(): void
}

export function managedYtDlp({ dir, releases, key = RELEASE_KEY, build }: ManagedOptions): ManagedYtDlp {
  const store = ytDlpStore(dir)
  // Asked when it is wanted: to look at this machine takes 20 ms of each command.
  const file = (): string => build ?? buildFor(thisMachine())
  const closing = new AbortController()
  let running: Promise<DownloaderUpdate> | null = null

  async function update(): Promise<DownloaderUpdate> {
    const { signal } = closing
    const previous = (await store.installed())?.version ?? null
    const version = await releases.latest(signal)
    // Whoever could send us an old release with an old signature must not get us to go back.
    if (previous !== null && compareVersions(version, previous) <= 0) {
      await store.checked(Date.now())
      return { version: previous, previous, changed: false }
    }
    const hash = await signedHash(await releases.sums(version, signal), key, file())
    const path = await store.newPath()
    try {
      const found = await save(await releases.program(version, file(), signal), path, signal)
      if (found !== hash)
        throw new DownloaderError('the yt-dlp that came is not the one that was signed: it was not taken')
      await mustRun(path, version, dir)
      await store.replace(path, version, Date.now())
    } finally {
      await rm(path, { force: true })
    }
    return { version, previous, changed: true }
  }

  return {
    async installed() {
      const found = await store.installed()
      return found && { command: [found.path], version: found.version, source: 'managed' }
    },
    checkedAt: () => store.checkedAt(),
    update() {
      running ??= update().finally(() => {
        running = null
      })
      return running
    },
    close: () => closing.abort(new DownloaderError('the server is stopping')),
  }
}

/** Versions are dates; nightly builds have the time as a fourth number. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number)) as [number[], number[]]
  for (let k = 0; k < Math.max(x.length, y.length); k++) {
    const difference = (x[k] ?? 0) - (y[k] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** @returns SHA-256 of what was written, hex */
async function save(body: NodeJS.ReadableStream, path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await explained(() => pipeline(body, count, createWriteStream(path, { flush: true }), { signal }))
  return hash.digest('hex')
}

/** A signed file may still be none for this machine: an old C library, a folder that forbids programs. */
async function mustRun(path: string, version: string, dir: string): Promise<void> {
  await chmod(path, 0o755)
  if ((await versionOf([path], { TMPDIR: dir })) !== version)
    throw new DownloaderError(
      `yt-dlp ${version} does not run on this machine; set EARSHOT_YTDLP to one that does`,
    )
}

import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

interface Candidate {
  name: 'deno' | 'node'
  path: string
  /** The oldest that yt-dlp takes. */
  oldest: readonly [number, number]
}

/** Deno first: it keeps YouTube's scripts off files and network alike. */
const candidatesHere = (): readonly Candidate[] => [
  { name: 'deno', path: 'deno', oldest: [2, 3] },
  ...denoOfNpm(),
  { name: 'node', path: process.execPath, oldest: [22, 0] },
  { name: 'node', path: 'node', oldest: [22, 0] },
]

/**
 * The JavaScript runtime that yt-dlp may solve YouTube's challenges with, as `--js-runtimes` wants it.
 * Looked for once.
 */
export function jsRuntimeFinder(candidates?: readonly Candidate[]): () => Promise<string | undefined> {
  let found: Promise<string | undefined> | undefined
  return () => {
    found ??= find(candidates ?? candidatesHere())
    return found
  }
}

/** Where `npm install deno` was run beside Earshot. Its program is in a package for the platform, without scripts. */
function denoOfNpm(): Candidate[] {
  const platform = `${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`@deno/${platform}/package.json`))
    const path = join(folder, process.platform === 'win32' ? 'deno.exe' : 'deno')
    return [{ name: 'deno', path, oldest: [2, 3] }]
  } catch {
    return []
  }
}

async function find(candidates: readonly Candidate[]): Promise<string | undefined> {
  for (const { name, path, oldest } of candidates) {
    const version = await versionOf(path)
    if (version === undefined) continue
    const [major = 0, minor = 0] = version
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1]))
      return path.includes('/') ? `${name}:${path}` : name
  }
  return undefined
}

/** `v22.23.3` of Node, `deno 2.9.6 (stable, …)` of Deno. */
async function versionOf(path: string): Promise<number[] | undefined> {
  const options = { timeout: 10_000, env: { PATH: process.env.PATH ?? '' } }
  const answer = await promisify(execFile)(path, ['--version'], options).catch(() => undefined)
  return /(\d+)\.(\d+)\.\d+/
    .exec(answer?.stdout ?? '')
    ?.slice(1)
    .map(Number)
}

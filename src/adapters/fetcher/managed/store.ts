/** Managed copies of yt-dlp in a folder: the one in use, the one before, and a note of which is which. */
import { randomUUID } from 'node:crypto'
import { access, chmod, constants, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'

const note = z.object({
  current: z.string().nullable(),
  previous: z.string().nullable(),
  /** Epoch ms of the last look at what is the newest. */
  checkedAt: z.number(),
})
export type Note = z.output<typeof note>

export interface Installed {
  version: string
  path: string
}

export interface Store {
  dir: string
  /** The copy to run; where its file is gone, the one before. */
  installed(): Promise<Installed | null>
  /** Epoch ms; 0: never. */
  checkedAt(): Promise<number>
  /** A path for a new copy, on the same file system. */
  newPath(): Promise<string>
  /** Puts a verified copy in place at once; only the one before it is kept. */
  replace(path: string, version: string, now: number): Promise<void>
  checked(now: number): Promise<void>
}

const DAY_MS = 86_400_000
const NOTE = 'state.json'
const nameOf = (version: string): string => `yt-dlp-${version}`

export function ytDlpStore(dir: string): Store {
  const pathOf = (version: string): string => join(dir, nameOf(version))
  const read = async (): Promise<Note> => {
    const text = await readFile(join(dir, NOTE), 'utf8').catch(() => '{}')
    const parsed = note.safeParse(parseJson(text))
    return parsed.success ? parsed.data : { current: null, previous: null, checkedAt: 0 }
  }
  const newPath = async (): Promise<string> => {
    await mkdir(dir, { recursive: true })
    return join(dir, `new-${randomUUID()}`)
  }
  const write = async (value: Note): Promise<void> => {
    const path = await newPath()
    await writeDurably(path, JSON.stringify(value))
    await rename(path, join(dir, NOTE))
  }
  return {
    dir,
    newPath,
    async installed() {
      const { current, previous } = await read()
      for (const version of [current, previous])
        if (version !== null && (await isExecutable(pathOf(version))))
          return { version, path: pathOf(version) }
      return null
    },
    checkedAt: async () => (await read()).checkedAt,
    async replace(path, version, now) {
      const { current } = await read()
      await chmod(path, 0o755)
      await rename(path, pathOf(version))
      const previous = current === version ? null : current
      await write({ current: version, previous, checkedAt: now })
      const kept = [NOTE, ...[version, previous].flatMap((each) => (each === null ? [] : [nameOf(each)]))]
      for (const name of await readdir(dir))
        if (!kept.includes(name) && (await isOver(join(dir, name), now)))
          await rm(join(dir, name), { recursive: true, force: true })
    },
    async checked(now) {
      await write({ ...(await read()), checkedAt: now })
    },
  }
}

/** An older copy, or what a crash left of a new one: another process may be writing a young one. */
const isOver = async (path: string, now: number): Promise<boolean> => {
  if (basename(path).startsWith('yt-dlp-')) return true
  const found = await stat(path).catch(() => null)
  return found !== null && found.mtimeMs < now - DAY_MS
}

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

/** A power cut must not leave a note of nothing. */
async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o644)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

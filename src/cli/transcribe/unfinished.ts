/** What is known of recordings that are not finished: the same command goes on from there after it was interrupted. */
import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PartSpan } from '../../pipeline/parts.ts'
import type { Recognition } from '../../ports/engine.ts'

const FORGOTTEN_MS = 7 * 24 * 3_600_000

/** One file of JSON lines, in the data folder. */
export class Unfinished<T> {
  readonly #folder: string
  readonly #path: string

  /** @param what everything that makes a result what it is */
  constructor(dataDir: string, what: unknown) {
    this.#folder = join(dataDir, 'unfinished')
    const name = createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 32)
    this.#path = join(this.#folder, `${name}.jsonl`)
  }

  /** Whole lines only: the last one may be cut off. */
  read(): T[] {
    let text: string
    try {
      text = readFileSync(this.#path, 'utf8')
    } catch {
      return []
    }
    return text
      .split('\n')
      .slice(0, -1)
      .flatMap((line) => parsed<T>(line))
  }

  /** A line that cannot be kept costs time after an interruption, and nothing now. */
  add(item: T): void {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      appendFileSync(this.#path, `${JSON.stringify(item)}\n`, { mode: 0o600 })
    } catch {}
  }

  forget(): Promise<void> {
    return rm(this.#path, { force: true })
  }
}

function parsed<T>(line: string): T[] {
  try {
    return [JSON.parse(line) as T]
  } catch {
    return []
  }
}

export interface StoredPart {
  part: PartSpan
  result: Recognition
}

/** What `transcribeFile` asks for and tells. */
export function knownParts(unfinished: Unfinished<StoredPart>) {
  const stored = new Map(unfinished.read().map(({ part, result }) => [nameOf(part), result]))
  return {
    known: async (part: PartSpan): Promise<Recognition | undefined> => stored.get(nameOf(part)),
    keep: (part: PartSpan, result: Recognition): void => unfinished.add({ part: spanOf(part), result }),
  }
}

const spanOf = ({ index, start, end, from, to }: PartSpan): PartSpan => ({ index, start, end, from, to })
const nameOf = (part: PartSpan): string => Object.values(spanOf(part)).join()

/** Nobody came back to them. */
export async function sweepUnfinished(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'unfinished')
  for (const name of await readdir(folder).catch(() => [])) {
    const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > FORGOTTEN_MS) await rm(join(folder, name), { force: true })
  }
}

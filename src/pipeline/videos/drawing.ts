import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scriptsWithout, TRIAL_LETTERS } from '../../contract/scripts.ts'
import type { Drawing } from '../../ports/drawing.ts'
import { lackingForVideos } from './able.ts'
import { charactersWithoutFont } from './fonts.ts'

/** The listings of ffmpeg take 0.1 s of the processor. */
const ABLE_AGAIN_MS = 60_000
/** A trial of the fonts takes 0.15 s, and 0.2 ms more for each letter that they lack. */
const FONTS_AGAIN_MS = 600_000

interface Looks {
  /** What ffmpeg lacks; undefined: nothing. */
  able(): Promise<string | undefined>
  /** The letters of a text that no font has. */
  fonts(text: string): Promise<ReadonlySet<string>>
  now(): number
}

const OF_THIS_MACHINE: Looks = {
  able: lackingForVideos,
  fonts: inFolder,
  now: () => performance.now(),
}

/**
 * What this machine can draw, remembered: for good where nothing is lacking, else for a while, in which somebody may
 * install it.
 */
export function createDrawing({ able, fonts, now }: Looks = OF_THIS_MACHINE): Drawing {
  const drawn = new Set<string>()
  /** Each with the time at which it is looked for again. */
  const lacked = new Map<string, number>()
  let looking: Promise<unknown> = Promise.resolve()
  let asked: Promise<boolean> | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let isFirst = true

  async function look(letters: readonly string[]): Promise<ReadonlySet<string>> {
    const unknown = letters.filter((each) => !drawn.has(each) && (lacked.get(each) ?? 0) <= now())
    const missing = unknown.length > 0 ? await fonts(unknown.join('')) : new Set()
    for (const letter of unknown) {
      lacked.delete(letter)
      if (missing.has(letter)) lacked.set(letter, now() + FONTS_AGAIN_MS)
      else drawn.add(letter)
    }
    return new Set(letters.filter((each) => lacked.has(each)))
  }
  /** One at a time, however many people ask. */
  function lacking(letters: readonly string[]): Promise<ReadonlySet<string>> {
    const answer = looking.then(() => look(letters))
    looking = answer.catch(() => {})
    return answer
  }
  return {
    lacking,
    async makesVideos() {
      const known = await asked
      if (known || now() - askedAt < ABLE_AGAIN_MS) return known ?? false
      askedAt = now()
      asked = able().then(
        (missing) => missing === undefined,
        () => false,
      )
      return asked
    },
    async lacksScripts() {
      // A server that starts has better things to do.
      if (isFirst) {
        isFirst = false
        return []
      }
      // Where ffmpeg cannot draw at all, no video is made either.
      return lacking([...TRIAL_LETTERS]).then(scriptsWithout, () => [])
    },
  }
}

async function inFolder(text: string): Promise<ReadonlySet<string>> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-fonts-'))
  try {
    return await charactersWithoutFont(text, folder, new AbortController().signal)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

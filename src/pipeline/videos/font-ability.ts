import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Script, scriptsWithout, TRIAL_LETTERS } from '../../domain/videos/scripts.ts'
import { charactersWithoutFont } from './fonts.ts'

/** The scripts for which this machine has no font. */
export async function lackedScripts(): Promise<Script[]> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-fonts-'))
  try {
    return scriptsWithout(await charactersWithoutFont(TRIAL_LETTERS, folder, new AbortController().signal))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A trial takes 0.15 s of the processor. */
const ASK_AGAIN_MS = 600_000

/**
 * The same, remembered: for good where nothing is lacking, else for a while, in which somebody may install a font.
 * Whoever asks first is told of nothing: a server that starts has better things to do.
 */
export function fontAbility(look = lackedScripts, now = () => performance.now()): () => Promise<Script[]> {
  let known: Script[] = []
  let due: number | undefined
  return async () => {
    const isFirst = due === undefined
    due ??= now()
    if (isFirst || now() < due) return known
    due = now() + ASK_AGAIN_MS
    try {
      known = await look()
      if (known.length === 0) due = Number.POSITIVE_INFINITY
    } catch {
      // Where ffmpeg cannot draw at all, no video is made either.
    }
    return known
  }
}

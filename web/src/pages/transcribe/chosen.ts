import { useState } from 'react'
import type { Dropped } from './folders.ts'
import { mediaLength } from './media-length.ts'

/** A file that was chosen but not sent yet. */
export interface Chosen extends Dropped {
  /** Seconds; null: this browser cannot tell; undefined: not known yet. */
  length: number | null | undefined
}

/** The files of the form. The same one chosen twice is there once. */
export function useChosen() {
  const [chosen, setChosen] = useState<readonly Chosen[]>([])
  const add = async (files: readonly (Dropped & { length?: number | null })[]) => {
    const known = new Set(chosen.map(({ file }) => factsOf(file)))
    const fresh = files.filter(({ file }) => !known.has(factsOf(file)) && known.add(factsOf(file)))
    setChosen((now) => [...now, ...fresh.map((each) => ({ length: undefined, ...each }))])
    // One after the other: a hundred players at once are too many for a phone.
    for (const { file } of fresh.filter(({ length }) => length === undefined)) {
      const length = await mediaLength(file)
      setChosen((now) => now.map((each) => (each.file === file ? { ...each, length } : each)))
    }
  }
  return {
    chosen,
    add: (files: Parameters<typeof add>[0]) => void add(files),
    remove: (file: File) => setChosen((now) => now.filter((each) => each.file !== file)),
    clear: () => setChosen([]),
  }
}

const factsOf = ({ name, size, lastModified }: File): string => `${size} ${lastModified} ${name}`

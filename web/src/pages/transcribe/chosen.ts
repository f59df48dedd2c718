import { useState } from 'react'
import { mediaLength } from './media-length.ts'

/** A file that was chosen but not sent yet. */
export interface Chosen {
  file: File
  /** Seconds; null: this browser cannot tell; undefined: not known yet. */
  length: number | null | undefined
}

/** The files of the form. The same one chosen twice is there once. */
export function useChosen() {
  const [chosen, setChosen] = useState<readonly Chosen[]>([])
  const add = async (files: readonly File[]) => {
    const fresh = files.filter((file) => !chosen.some((known) => isSame(known.file, file)))
    setChosen((now) => [...now, ...fresh.map((file) => ({ file, length: undefined }))])
    // One after the other: a hundred players at once are too many for a phone.
    for (const file of fresh) {
      const length = await mediaLength(file)
      setChosen((now) => now.map((each) => (each.file === file ? { file, length } : each)))
    }
  }
  return {
    chosen,
    add: (files: readonly File[]) => void add(files),
    remove: (file: File) => setChosen((now) => now.filter((each) => each.file !== file)),
    clear: () => setChosen([]),
  }
}

const isSame = (a: File, b: File): boolean =>
  a.name === b.name && a.size === b.size && a.lastModified === b.lastModified

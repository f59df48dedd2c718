import type { TaggerModel } from './model-folder.ts'

export interface ToTagger {
  model: TaggerModel
  excerpts: readonly Int16Array[]
}

export type FromTagger = { kind: 'heard'; music: number[] } | { kind: 'refused'; message: string }

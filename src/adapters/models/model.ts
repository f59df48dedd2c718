import type { ModelInfo } from '../../ports/model-library.ts'
import type { Manifest } from '../engine/sherpa/model-folder.ts'
import type { WhisperManifest } from '../engine/whisper/folder.ts'
import type { PackagedModel } from './packages.ts'

export interface CatalogueFile {
  name: string
  /** Undefined: its publisher gives the whole download's size only. */
  bytes?: number
  /** Undefined: what the repository's own listing says of it at the pinned commit. */
  sha256?: string
  /** Where it does not lie with the others: repository, commit, and its name there. */
  from?: { repository: string; revision: string; name: string }
}

export interface CatalogueModel {
  name: string
  about: string
  /** The repository on Hugging Face, and the commit that the hashes are of. */
  repository: string
  revision: string
  files: readonly CatalogueFile[]
  /** The whole download. */
  bytes: number
  /** Of one that recognises speech, how; of any other, what its files are. */
  manifest:
    | Omit<Manifest, 'splitter' | 'name'>
    | Omit<WhisperManifest, 'splitter' | 'name' | 'source'>
    | { kind: 'diarization' | 'punctuation'; files: Record<string, string> }
  /** Another way to it, where the repository cannot be reached. */
  packages?: PackagedModel
  licence: string
  spoken: ModelInfo['spoken']
  /** Percent; null: not published on the leaderboard. */
  wordErrorRate: number | null
  /** Memory of one engine process while it works, MB, roughly: weights and a batch of parts. */
  memoryMb: number
}

export type Pinned = [bytes: number, sha256: string]
export type Files = Record<string, Pinned>

export const pinned = (files: Files): CatalogueFile[] =>
  Object.entries(files).map(([name, [bytes, sha256]]) => ({ name, bytes, sha256 }))

export const sizeOf = (files: Files): number => Object.values(files).reduce((sum, [bytes]) => sum + bytes, 0)

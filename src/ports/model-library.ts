export interface ModelInfo {
  name: string
  /** False: it helps those that recognise speech, as one that tells speakers apart does. */
  recognises: boolean
  /** In English, as all words here. */
  about: string
  /** Of the download. */
  bytes: number
  licence: string
  languages: string
  /** The same for other languages of the page: ISO 639-1, or how many they are; null: any that there is. */
  spoken: readonly string[] | number | null
  /** Of one that is not of the catalogue; null: it is. */
  own: {
    /** Where it was added from: “owner/name (0123456)”; null: nobody knows. */
    source: string | null
    /** Why it cannot be used; null: it can. */
    fault: string | null
  } | null
  /** Percent, of the Open ASR Leaderboard's English sets; null: not published there. */
  wordErrorRate: number | null
  /** Of one engine process, MB, roughly; null: nobody has measured it. */
  memoryMb: number | null
  installed: boolean
  /** It serves where the operator names no model. */
  isDefault: boolean
}

export interface PullProgress {
  /** Of all files together. */
  bytes: number
  total: number
  /** Something to tell whoever waits, such as that another way is tried. */
  note?: string
}

/** Models on this machine, and those that can be fetched. */
export interface ModelLibrary {
  list(): Promise<ModelInfo[]>
  /** Fetches a model of the catalogue, verified; goes on where an earlier try broke off. @throws ModelError */
  pull(name: string, onProgress: (progress: PullProgress) => void, signal: AbortSignal): Promise<void>
  /**
   * Fetches Whisper weights of any repository of the hub (`owner/name`, `owner/name@revision`), or copies them
   * from a folder. @param name undefined: as the repository or the folder is called
   * @returns what it is called now @throws ModelError
   */
  add(
    what: string,
    name: string | undefined,
    onProgress: (progress: PullProgress) => void,
    signal: AbortSignal,
  ): Promise<string>
  /** Makes an installed one the default; a running server takes it at its next start. @throws ModelError */
  use(name: string): Promise<void>
  /** @throws ModelError */
  remove(name: string): Promise<void>
}

/** One line that says what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
}

/** What a key stands for: the same key of another account, or on another route, is another key. */
export interface Scope {
  accountId: string
  route: string
  key: string
}

/** Under which key something is asked for, and what it is. */
export interface Once extends Scope {
  fingerprint: string
  /** How long it stands for that; default: the operator’s policy. */
  keepMs?: number
  /**
   * It stands for the work and not for the answer: `begin` begins it whatever was begun before, `join` joins what
   * was.
   */
  work?: 'begin' | 'join'
  /** Of the claim under which it is executed, where it does not become a transcription. */
  token?: string
}

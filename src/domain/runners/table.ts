/** Machines of anybody's that hear parts for this server, and know nothing else of it. */
export interface RunnerRow {
  id: string
  /** For people; what it heard is marked with it. One of a kind. */
  name: string
  /** SHA-256 of its token, hex. The token itself is not kept. */
  hash: string
  preview: string
  /** JSON of the names of models that it may be given parts for; null: any. */
  models: string | null
  /** JSON of the ids of accounts whose parts it may have; null: any. */
  accounts: string | null
  created_at: number
  revoked_at: number | null
  /** When it asked last; null: never. */
  seen_at: number | null
  /** JSON of `RunnerSays`, when it asked last. */
  says: string | null
  /** Parts that it heard, and how long they were, ms. */
  parts: number
  heard_ms: number
  /** Why something of it was refused last, and until when it is given nothing. */
  fault: string | null
  paused_until: number | null
}

export interface RunnerSays {
  version: string
  host: string
  models: string[]
  /** Parts that it hears at the same time. */
  places: number
  /** Seconds of sound in a second; null: it has heard nothing yet. */
  speed: number | null
}

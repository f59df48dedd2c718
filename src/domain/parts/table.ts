import type { LeaseColumns } from '../leases/columns.ts'

/** A part that whoever decodes its recording has handed over: any worker may claim it. Gone when it was collected. */
export interface OpenPartRow extends LeaseColumns {
  id: string
  transcription_id: string
  account_id: string
  /** SHA-256 of its sound and of how that is to be heard: an heir of the recording knows it by this. */
  digest: string
  /** The worker that waits for it. */
  handed_by: string
  /** Which is to hear it, by name. */
  model: string
  /** Which media store its sound lies in (`MediaStore.id`), and where there. FLAC. */
  store: string
  storage_key: string
  /** How long it is, at 16 kHz. */
  samples: number
  /** JSON, see `options.ts`. */
  options: string
  /** Claims so far that did not end well. One that is under way counts. */
  tries: number
  /** Who claimed it last, for people: a host, or a runner's name. */
  claimed_by: string | null
  claimed_at: number | null
  /** JSON of `Outcome`; null: nobody has heard it yet. */
  outcome: string | null
  created_at: number
}

import type { Wishes } from '../transcriptions/wishes.ts'

export interface NewItem {
  customId?: string | undefined
  url?: string | undefined
  mediaId?: string | undefined
  title?: string | undefined
  /** The length that a list gives. */
  seconds?: number | null
  /** Undefined: the batch's options. */
  wishes?: Wishes | undefined
}

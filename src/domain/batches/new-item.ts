import type { Wishes } from '../transcriptions/wishes.ts'

export interface NewItem {
  customId?: string | undefined
  url?: string | undefined
  mediaId?: string | undefined
  title?: string | undefined
  /** As a list says it. */
  seconds?: number | null
  /** Undefined: the batch's. */
  wishes?: Wishes | undefined
}

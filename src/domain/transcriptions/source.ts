import type { MediaLink } from '../../ports/fetcher.ts'
import type { MediaRow } from '../tables.ts'

/** Where a transcription's sound comes from. */
export type Source =
  | { kind: 'media'; media: MediaRow }
  | { kind: 'link'; link: MediaLink }
  /** A media file that is fetched, through the guard, when its turn comes. */
  | { kind: 'url'; url: string }

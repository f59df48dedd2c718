/** What a playlist, a channel or a podcast's feed lists. */
export interface Listing {
  title: string | null
  /** In its own order. */
  items: ListedItem[]
  /** There is more than was asked for. */
  more: boolean
}

export interface ListedItem {
  /** A post on a platform, or a media file. */
  url: string
  /** By which it is recognised again, whatever its address then is. */
  key: string
  title: string | null
  /** As the list says; null: it does not. */
  seconds: number | null
}

/** Reads feeds: RSS 2.0 and Atom with enclosures. */
export interface Feeds {
  /** @throws FeedError */
  read(url: string, most: number, signal: AbortSignal): Promise<Listing>
}

/** The message says in one line what is wrong, for the user. */
export class FeedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'FeedError'
  }
}

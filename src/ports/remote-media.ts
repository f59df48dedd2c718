import type { Readable } from 'node:stream'

export interface RemoteFile {
  /** From the address; a name for people. */
  filename: string
  /** Ends with a RemoteMediaError where the download breaks off. Read or destroy it. */
  body: Readable
}

/** Fetches a file that a user names by its address. */
export interface RemoteMedia {
  /** Follows redirects, each vetted. @throws RemoteMediaError */
  open(url: string, limits: { maxBytes: number }, signal: AbortSignal): Promise<RemoteFile>
}

/** The message says in one line what went wrong, for the user; `tooLarge` where it is the size. */
export class RemoteMediaError extends Error {
  readonly tooLarge: boolean
  constructor(message: string, options: ErrorOptions & { tooLarge?: boolean } = {}) {
    super(message, options)
    this.name = 'RemoteMediaError'
    this.tooLarge = options.tooLarge ?? false
  }
}

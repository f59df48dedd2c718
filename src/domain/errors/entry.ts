/**
 * Whether the very same request can succeed when it is sent again: `no`, not before something is changed; `later`,
 * perhaps; `after`, once the time is over that the answer names.
 */
type Retry = 'no' | 'later' | 'after'

/** What is said of a code. One without a remedy does not compile. */
export interface ErrorEntry {
  meaning: string
  retry: Retry
  /** What its reader does about it, in one or two sentences. */
  remedy: string
}

export type ErrorEntries = Readonly<Record<string, ErrorEntry>>

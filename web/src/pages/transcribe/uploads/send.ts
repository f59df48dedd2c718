import type { startSending } from './sender.ts'

/** Like `startSending`, whose code comes when there is something to send. */
export function send(...[parcel, tell]: Parameters<typeof startSending>): () => void {
  let stopped = false
  let stop = (): void => {
    stopped = true
  }
  import('./sender.ts').then(
    ({ startSending }) => {
      if (!stopped) stop = startSending(parcel, tell)
    },
    () => tell.failed('A part of this page could not be loaded. Is your connection up? Try again.'),
  )
  return () => stop()
}

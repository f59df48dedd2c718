import { translator, withMessages } from '../../../i18n/catalogue.ts'
import type { startSending } from './sender.ts'

/** Like `startSending`, whose code comes when there is something to send. */
export function send(...[parcel, tell]: Parameters<typeof startSending>): () => void {
  let stopped = false
  let stop = (): void => {
    stopped = true
  }
  withMessages(['jobs'], () => import('./sender.ts'))().then(
    ({ startSending }) => {
      if (!stopped) stop = startSending(parcel, tell)
    },
    () => tell.failed(translator('transcribe')('notLoaded')),
  )
  return () => stop()
}

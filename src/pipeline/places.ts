/**
 * Places in this process: so many recordings are heard side by side, and so many are downloaded; neither takes the
 * other's. With all of a kind taken there are as many again for what must not wait behind long work (short
 * recordings, and accounts of which nothing runs), and half as many that only accounts get which have none here: so
 * whatever one account does, the others have places.
 */
export type Kind = 'download' | 'hearing'

/** What may be claimed now. */
export interface Offer {
  downloads: boolean
  express: boolean
  /** Accounts that have places already, where these are for those that have none. */
  without: string[]
}

/** Of one recording under way. */
export interface Place {
  /** Resolves when it may be heard. Asked for again, it is at once. @throws the signal's reason */
  hear(signal: AbortSignal): Promise<void>
  /** The same for downloading: at once, but for what has to be downloaded again. @throws the signal's reason */
  download(signal: AbortSignal): Promise<void>
  /** Its sound is here: others may download. */
  downloaded(): void
  leave(): void
}

export interface Places {
  offers(): Offer[]
  take(account: string, kind: Kind): Place
}

interface Waiting {
  kind: Kind
  account: string
  admit(): void
}

/** @param each so many of each kind */
export function createPlaces(each: number): Places {
  const express = 2 * each
  const most = express + Math.ceil(each / 2)
  const taken: Record<Kind, string[]> = { download: [], hearing: [] }
  let line: Waiting[] = []

  function offersOf(kind: Kind): Offer[] {
    const downloads = kind === 'download'
    const used = taken[kind].length
    if (used < each) return [{ downloads, express: false, without: [] }]
    if (used < express) return [{ downloads, express: true, without: [] }]
    return used < most ? [{ downloads, express: false, without: [...new Set(taken[kind])] }] : []
  }

  /** Whether one that has begun may go on; how long it is does not matter by now. */
  function mayGoOn(kind: Kind, account: string): boolean {
    return taken[kind].length < (taken[kind].includes(account) ? each : most)
  }

  function admitNext(kind: Kind): void {
    line = line.filter((waiting) => {
      if (waiting.kind !== kind || !mayGoOn(kind, waiting.account)) return true
      waiting.admit()
      return false
    })
  }

  function giveUp(kind: Kind, account: string): void {
    const at = taken[kind].indexOf(account)
    if (at >= 0) taken[kind].splice(at, 1)
    admitNext(kind)
  }

  async function inLine(kind: Kind, account: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        kind,
        account,
        admit() {
          taken[kind].push(account)
          signal.removeEventListener('abort', abandon)
          resolve()
        },
      }
      const abandon = (): void => {
        line = line.filter((other) => other !== waiting)
        reject(signal.reason)
      }
      signal.addEventListener('abort', abandon, { once: true })
      line.push(waiting)
      admitNext(kind)
    })
  }

  return {
    offers: () => [...offersOf('hearing'), ...offersOf('download')],
    take(account, kind) {
      const has = { download: kind === 'download', hearing: kind === 'hearing' }
      const entering: Partial<Record<Kind, Promise<void>>> = {}
      let left = false
      taken[kind].push(account)
      const drop = (which: Kind): void => {
        if (!has[which]) return
        has[which] = false
        giveUp(which, account)
      }
      const enter = (which: Kind, signal: AbortSignal): Promise<void> => {
        if (has[which]) return Promise.resolve()
        entering[which] ??= inLine(which, account, signal)
          .then(() => {
            has[which] = true
            if (left) drop(which)
          })
          .finally(() => {
            entering[which] = undefined
          })
        return entering[which]
      }
      return {
        hear: (signal) => enter('hearing', signal),
        download: (signal) => enter('download', signal),
        downloaded: () => drop('download'),
        leave() {
          left = true
          drop('download')
          drop('hearing')
        },
      }
    },
  }
}

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
  /** Its sound is here: others may download. */
  downloaded(): void
  leave(): void
}

export interface Places {
  offers(): Offer[]
  take(account: string, kind: Kind): Place
}

interface Waiting {
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

  /** Whether one that was downloaded may be heard; how long it is does not matter by now. */
  function mayHear(account: string): boolean {
    return taken.hearing.length < (taken.hearing.includes(account) ? each : most)
  }

  function admitNext(): void {
    line = line.filter((waiting) => {
      if (!mayHear(waiting.account)) return true
      waiting.admit()
      return false
    })
  }

  function giveUp(kind: Kind, account: string): void {
    const at = taken[kind].indexOf(account)
    if (at >= 0) taken[kind].splice(at, 1)
    if (kind === 'hearing') admitNext()
  }

  async function inLine(account: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        account,
        admit() {
          taken.hearing.push(account)
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
      admitNext()
    })
  }

  return {
    offers: () => [...offersOf('hearing'), ...offersOf('download')],
    take(account, kind) {
      const has = { download: kind === 'download', hearing: kind === 'hearing' }
      let entering: Promise<void> | undefined
      let left = false
      taken[kind].push(account)
      const drop = (which: Kind): void => {
        if (!has[which]) return
        has[which] = false
        giveUp(which, account)
      }
      return {
        hear(signal) {
          if (has.hearing) return Promise.resolve()
          entering ??= inLine(account, signal).then(() => {
            has.hearing = true
            if (left) drop('hearing')
          })
          return entering
        },
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

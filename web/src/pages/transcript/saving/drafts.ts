/**
 * What was typed and is not yet saved, in the browser’s own store: a crash, a lost session or a closed lid loses nothing.
 * One draft a page that is open, since two tabs may edit the same transcript.
 */
import type { Change, Clash } from '../editor/changes.ts'

export interface Draft {
  /** The version that it began with. */
  version: number
  /** What was sent, and of which no answer has come. */
  sent?: { changeId: string; changes: Change[] } | undefined
  /** What came after that. */
  rest: Change[]
  /** What cannot be merged, until somebody has decided. */
  clashes: readonly Clash[]
}

export interface DraftStore {
  /** @returns false where the browser keeps nothing, or has no room */
  write(draft: Draft): boolean
  clear(): void
}

const PREFIX = 'earshot:draft:'
const ANSWER_MS = 250

const prefixOf = (userId: string, id: string): string => `${PREFIX}${userId}:${id}:`

export function draftStore(userId: string, id: string, page: string): DraftStore {
  const key = prefixOf(userId, id) + page
  let written: string | undefined
  return {
    write(draft) {
      const text = JSON.stringify(draft)
      if (text === written) return true
      try {
        localStorage.setItem(key, text)
        written = text
        return true
      } catch {
        return false
      }
    },
    clear() {
      if (written === undefined) return
      written = undefined
      localStorage.removeItem(key)
    },
  }
}

export interface LeftDraft {
  draft: Draft
  /** It is in another draft now, or saved. */
  forget(): void
}

/** A draft of this person’s whose page is gone. */
export async function leftDraft(userId: string, id: string): Promise<LeftDraft | undefined> {
  const prefix = prefixOf(userId, id)
  const keys = keysOfStore().filter((key) => key.startsWith(prefix))
  if (keys.length === 0) return undefined
  const open = await openPages(id)
  for (const key of keys) {
    const draft = open.has(key.slice(prefix.length)) ? undefined : read(key)
    if (draft) return { draft, forget: () => localStorage.removeItem(key) }
  }
  return undefined
}

function keysOfStore(): string[] {
  try {
    return Object.keys(localStorage)
  } catch {
    return []
  }
}

function read(key: string): Draft | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Draft
  } catch {
    localStorage.removeItem(key)
    return undefined
  }
}

type Message = { kind: 'who' } | { kind: 'here'; page: string } | { kind: 'saved' }

const channelOf = (id: string): BroadcastChannel => new BroadcastChannel(`earshot:transcript:${id}`)

/** Asks all that show this transcript; who does not answer in time is gone. */
async function openPages(id: string): Promise<Set<string>> {
  const channel = channelOf(id)
  const pages = new Set<string>()
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'here') pages.add(data.page)
  }
  channel.postMessage({ kind: 'who' } satisfies Message)
  await new Promise((done) => setTimeout(done, ANSWER_MS))
  channel.close()
  return pages
}

/** Lets the other tabs know that this one is here, and when it has saved something. */
export function neighbours(id: string, page: string, onSaved: () => void) {
  const channel = channelOf(id)
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'who') channel.postMessage({ kind: 'here', page } satisfies Message)
    if (data.kind === 'saved') onSaved()
  }
  return {
    saved: () => channel.postMessage({ kind: 'saved' } satisfies Message),
    close: () => channel.close(),
  }
}

/**
 * A transcript under edit, outside of React: every change is kept in the browser at once and sent to the server within
 * seconds, as the lines that changed. What others save in the meantime comes in the same way.
 */

import type {
  ChangeTranscriptBody,
  ChangeTranscriptReply,
  ListChangesReply,
} from '../../../../../src/contract/edits.ts'
import { ApiError } from '../../../api.ts'
import { translator } from '../../../i18n/catalogue.ts'
import { changesBetween, toWire } from '../editor/changes.ts'
import { type Action, type Editor, edit, unsaved } from '../editor/history.ts'
import type { Segments } from '../editor/segments.ts'
import type { DraftStore } from './drafts.ts'

/** How long after a change it is sent: a sentence is one patch, and a crash of this machine costs no more. */
const PAUSE_MS = 1_000
/** And how long at most, while somebody types on and on. */
const LONGEST_PAUSE_MS = 5_000
const RETRY_MS = { first: 2_000, longest: 30_000 }

export interface Transport {
  save(body: ChangeTranscriptBody, last: boolean): Promise<ChangeTranscriptReply>
  since(version: number): Promise<ListChangesReply>
}

export type Saving =
  | { kind: 'saved' }
  | { kind: 'saving' }
  /** The server does not answer, or cannot at the moment: it is tried again. */
  | { kind: 'away' }
  /** The server does not take it; a further change is tried again. */
  | { kind: 'refused'; message: string }

export interface Snapshot {
  editor: Editor
  version: number
  saving: Saving
  /** Whether the browser has what the server has not. */
  kept: boolean
}

export interface Transcript {
  read(): Snapshot
  subscribe(listener: () => void): () => void
  dispatch(action: Action): void
  /** Sends now. @param last the page is going away */
  save(last?: boolean): Promise<void>
  /** Takes what others have saved. */
  look(): Promise<void>
  open(onSaved: () => void): void
  close(): void
}

interface Options {
  editor: Editor
  version: number
  drafts: DraftStore
  transport: Transport
  newId(): string
}

export function createTranscript({ editor, version, drafts, transport, newId }: Options): Transcript {
  const listeners = new Set<() => void>()
  let now: Snapshot = { editor, version, saving: { kind: 'saved' }, kept: true }
  /** What was sent and not answered: until it is known what became of it, the very same is sent again. */
  let sent: { changeId: string; segments: Segments } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** When what was typed has to be sent, whether or not somebody pauses. */
  let due: number | undefined
  let [isOpen, tries] = [false, 0]
  /** One thing after the other: what is wanted meanwhile comes next. */
  const wanted = { save: false, look: false, last: false }
  let working: Promise<void> | undefined
  let onSaved = (): void => {}

  const set = (change: Partial<Snapshot>): void => {
    now = { ...now, ...change }
    for (const listener of listeners) listener()
  }
  const later = (ms: number): void => {
    clearTimeout(timer)
    if (isOpen) timer = setTimeout(() => void save(), ms)
  }

  const soon = (): void => {
    due ??= Date.now() + LONGEST_PAUSE_MS
    later(Math.min(PAUSE_MS, Math.max(0, due - Date.now())))
  }

  /** @returns whether there is anything to keep and it is kept */
  function keep(): boolean {
    const { saved, segments, clashes } = now.editor
    const rest = changesBetween(sent?.segments ?? saved, segments)
    if (!sent && rest.length === 0 && clashes.length === 0) {
      drafts.clear()
      return true
    }
    const changes = sent && { changeId: sent.changeId, changes: changesBetween(saved, sent.segments) }
    return drafts.write({ version: now.version, sent: changes, rest, clashes })
  }

  const change = (action: Action): boolean => {
    const next = edit(now.editor, action)
    if (next === now.editor) return false
    now = { ...now, editor: next }
    return true
  }

  function dispatch(action: Action): void {
    if (!change(action)) return
    const waits = now.saving.kind === 'away'
    set({ kept: keep(), ...(!waits && { saving: { kind: 'saving' } }) })
    if (!waits) soon()
  }

  const want = (what: 'save' | 'look'): Promise<void> => {
    wanted[what] = true
    working ??= work()
    return working
  }
  const save = (last = false): Promise<void> => {
    wanted.last ||= last
    return want('save')
  }
  const look = (): Promise<void> => want(now.saving.kind === 'away' ? 'save' : 'look')

  async function work(): Promise<void> {
    // Whoever wants something while it is under way finds `working`, which is not there before the first step.
    await Promise.resolve()
    while (wanted.save || wanted.look) {
      const saves = wanted.save
      if (saves) wanted.save = false
      else wanted.look = false
      await (saves ? trySaving() : tryLooking())
    }
    working = undefined
  }

  async function trySaving(): Promise<void> {
    clearTimeout(timer)
    try {
      while (await sendOnce(wanted.last));
      tries = 0
    } catch (error) {
      fail(error)
    }
    wanted.last = false
  }

  async function tryLooking(): Promise<void> {
    if (sent) return
    try {
      await takeTheirs()
    } catch (error) {
      if (!(error instanceof ApiError) || error.status >= 500) fail(error)
    }
  }

  /** @returns whether it has to be tried again at once, since others came first */
  async function sendOnce(last: boolean): Promise<boolean> {
    const { saved, segments } = now.editor
    if (!sent && unsaved(now.editor).length === 0) {
      set({ kept: keep(), saving: { kind: 'saved' } })
      return false
    }
    sent ??= { changeId: newId(), segments }
    due = undefined
    set({ kept: keep(), saving: { kind: 'saving' } })
    const changes = toWire(changesBetween(saved, sent.segments))
    try {
      const reply = await transport.save({ version: now.version, changeId: sent.changeId, changes }, last)
      change({ kind: 'saved', segments: sent.segments })
      sent = undefined
      const done = unsaved(now.editor).length === 0
      now = { ...now, version: reply.version, saving: { kind: done ? 'saved' : 'saving' } }
      set({ kept: keep() })
      onSaved()
      if (!done) soon()
      return false
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'edit.conflict') throw error
      sent = undefined
      await takeTheirs()
      return true
    }
  }

  async function takeTheirs(): Promise<void> {
    for (;;) {
      const { version: latest, items } = await transport.since(now.version)
      for (const item of items) {
        if (item.version !== now.version + 1) throw stale()
        change({ kind: 'theirs', changes: item.changes })
        now = { ...now, version: item.version }
      }
      if (now.version >= latest) break
      if (items.length === 0) throw stale()
    }
    set({ kept: keep() })
  }

  function fail(error: unknown): void {
    const status = error instanceof ApiError ? error.status : 0
    if (status === 0 || status === 401 || status === 429 || status >= 500) {
      set({ saving: { kind: 'away' } })
      later(Math.min(RETRY_MS.longest, RETRY_MS.first * 2 ** tries++))
      return
    }
    sent = undefined
    set({ kept: keep(), saving: { kind: 'refused', message: (error as Error).message } })
  }

  return {
    read: () => now,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispatch,
    save,
    look,
    open(heard) {
      isOpen = true
      onSaved = heard
      set({ kept: keep() })
      if (unsaved(now.editor).length > 0) later(0)
    },
    close() {
      isOpen = false
      void save(true)
      clearTimeout(timer)
    },
  }
}

const stale = (): ApiError => {
  const t = translator('transcript')
  return new ApiError(409, t('saving.conflict'), { code: 'edit.conflict', details: {} })
}

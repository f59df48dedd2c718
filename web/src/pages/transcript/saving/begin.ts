import type { ListChangesReply } from '../../../../../src/contract/edits.ts'
import type { TranscriptionReply } from '../../../../../src/contract/native.ts'
import { api } from '../../../api.ts'
import { changesPath } from '../data.ts'
import { type Editor, opened } from '../editor/history.ts'
import { keyed } from '../editor/segments.ts'
import { leftDraft } from './drafts.ts'
import { recovered } from './recover.ts'

/** What editing begins with. */
export interface Begun {
  id: string
  userId: string
  editor: Editor
  version: number
  /** To be called once all of it is in a draft of this page’s own. */
  onKept(): void
}

/** What the server has, with what was typed in this browser and did not get there. */
export async function begin(userId: string, { id, version, transcript }: TranscriptionReply): Promise<Begun> {
  const latest = keyed(transcript?.segments ?? [])
  const left = await leftDraft(userId, id)
  if (!left) return { id, userId, version, editor: opened(latest), onKept: () => {} }
  const items = await itemsBetween(id, left.draft.version, version)
  // What led here is not known any more: the draft stays where it is.
  if (items.length !== version - left.draft.version)
    return { id, userId, version, editor: opened(latest), onKept: () => {} }
  return { id, userId, version, editor: recovered(latest, left.draft, items), onKept: left.forget }
}

async function itemsBetween(id: string, since: number, version: number): Promise<ListChangesReply['items']> {
  const all: ListChangesReply['items'] = []
  for (let from = since; from < version; ) {
    const { items } = await api.get<ListChangesReply>(`${changesPath(id)}?since=${from}`)
    const last = items.at(-1)
    if (!last) break
    all.push(...items)
    from = last.version
  }
  return all.filter((item) => item.version <= version)
}

import { useDebouncedCallback } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DraftReply } from '../../../../src/contract/posts.ts'
import { changeDraft, type DraftChange, noteDraft } from './data.ts'

const PAUSE_MS = 500

export interface Typed {
  thread: readonly { key: number; text: string }[]
  accountIds: string[]
}

/** What the server takes: no empty posts, and neither without any. */
function changeOf({ thread, accountIds }: Typed): DraftChange {
  const texts = thread.map(({ text }) => text.trim()).filter((text) => text !== '')
  return {
    ...(texts.length > 0 && { thread: texts }),
    ...(accountIds.length > 0 && { accountIds }),
  }
}

/** Saves what is typed a moment later, one request after the other. */
export function useSavedDraft(draft: DraftReply) {
  const cache = useQueryClient()
  const [typed, setTyped] = useState<Typed>(() => ({
    thread: draft.thread.map((text, key) => ({ key, text })),
    accountIds: draft.accountIds,
  }))
  const [saved, setSaved] = useState(draft)
  const save = useMutation({
    mutationFn: (now: Typed) => changeDraft(draft.id, changeOf(now)),
    scope: { id: draft.id },
    onSuccess: (reply) => {
      setSaved(reply)
      noteDraft(cache, reply)
    },
  })
  const later = useDebouncedCallback(save.mutate, { delay: PAUSE_MS, flushOnUnmount: true })
  const change = (part: Partial<Typed>): void => {
    const now = { ...typed, ...part }
    setTyped(now)
    later(now)
  }
  const saveNow = (): Promise<DraftReply> => {
    later.cancel()
    return save.mutateAsync(typed)
  }
  return { typed, saved, change, save: saveNow, error: save.error }
}

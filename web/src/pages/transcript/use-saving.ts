import { type Dispatch, useState } from 'react'
import type { TranscriptionReply } from '../../../../src/contract/native.ts'
import { ApiError } from '../../api.ts'
import { useEdit } from './data.ts'
import { type Action, type Editor, isDirty } from './editor/history.ts'
import { unkeyed } from './editor/segments.ts'

/** Saving what was edited, unless somebody else saved first: then `conflict` is the version of theirs. */
export function useSaving(
  { id, version: first }: TranscriptionReply,
  editor: Editor,
  dispatch: Dispatch<Action>,
) {
  const [version, setVersion] = useState(first)
  const edit = useEdit(id)
  const conflict =
    edit.error instanceof ApiError && edit.error.code === 'edit.conflict'
      ? Number(edit.error.details.version)
      : undefined
  return {
    version,
    dirty: isDirty(editor),
    saving: edit.isPending,
    error: conflict === undefined ? edit.error : null,
    conflict,
    /** @returns whether it is saved. @param over the version that may be written over */
    async save(over = version): Promise<boolean> {
      const { segments } = editor
      try {
        const reply = await edit.mutateAsync({ segments: unkeyed(segments), version: over })
        setVersion(reply.version)
        dispatch({ kind: 'saved', segments })
        return true
      } catch {
        // It is shown.
        return false
      }
    },
  }
}

export type Saving = ReturnType<typeof useSaving>

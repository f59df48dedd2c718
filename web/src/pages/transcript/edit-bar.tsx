import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { type Dispatch, useEffect } from 'react'
import { Problem } from '../parts/problem.tsx'
import type { Action, Editor } from './editor/history.ts'
import type { Saving } from './use-saving.ts'

interface EditBarProps {
  editor: Editor
  dispatch: Dispatch<Action>
  saving: Saving
  onDone(): void
  /** Forgets what is here, and reads anew. */
  onTheirs(): void
}

export function EditBar({ editor, dispatch, saving, onDone, onTheirs }: EditBarProps) {
  useEditKeys(dispatch, saving)
  const done = async (): Promise<void> => {
    if (!saving.dirty || (await saving.save())) onDone()
  }
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          disabled={editor.past.length === 0}
          onClick={() => dispatch({ kind: 'undo' })}
        >
          Undo
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={editor.future.length === 0}
          onClick={() => dispatch({ kind: 'redo' })}
        >
          Redo
        </Button>
        <Text size="sm" c="dimmed" role="status" ml="auto">
          {saving.saving ? 'Saving …' : saving.dirty ? 'Not saved yet' : 'All saved'}
        </Text>
        <Button size="xs" disabled={!saving.dirty} loading={saving.saving} onClick={() => void saving.save()}>
          Save
        </Button>
        <Button size="xs" variant="default" onClick={() => void done()}>
          Done
        </Button>
      </Group>
      <Problem error={saving.error} />
      {saving.conflict !== undefined && (
        <Conflict onMine={() => void saving.save(saving.conflict)} onTheirs={onTheirs} />
      )}
    </Stack>
  )
}

function Conflict({ onMine, onTheirs }: { onMine(): void; onTheirs(): void }) {
  return (
    <Alert color="orange" role="alert" title="Somebody else saved this transcript in the meantime">
      <Stack gap="sm" align="start">
        <Text size="sm">
          Your changes are still here, and not saved. Keep yours, and theirs are overwritten; or take theirs,
          and yours are gone. Copy the text first where you are not sure.
        </Text>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onMine}>
            Keep mine
          </Button>
          <Button size="xs" variant="default" onClick={onTheirs}>
            Take theirs
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}

/** Ctrl or ⌘ with z, y and s: the editor's own, also within a text field. */
function useEditKeys(dispatch: Dispatch<Action>, { dirty, save }: Saving): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      if (key === 'z') dispatch({ kind: event.shiftKey ? 'redo' : 'undo' })
      else if (key === 'y') dispatch({ kind: 'redo' })
      else if (key !== 's') return
      else if (dirty) void save()
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [dispatch, dirty, save])
}

import { Button, Group, Text } from '@mantine/core'
import { Problem } from '../parts/problem.tsx'
import type { Snapshot } from './saving/document.ts'
import classes from './transcript.module.css'

interface EditBarProps {
  now: Snapshot
  doubts: number
  onUndo(): void
  onRedo(): void
  onDoubt(): void
}

/** Always in reach: the way back, the next doubtful word, and whether everything is saved. */
export function EditBar({ now, doubts, onUndo, onRedo, onDoubt }: EditBarProps) {
  const { editor, saving } = now
  const small = { size: 'xs', variant: 'default' } as const
  return (
    <>
      <Group gap="xs" className={classes.tray}>
        <Button {...small} disabled={editor.past.length === 0} onClick={onUndo}>
          Undo
        </Button>
        <Button {...small} disabled={editor.future.length === 0} onClick={onRedo}>
          Redo
        </Button>
        {doubts > 0 && (
          <Button
            {...small}
            onClick={onDoubt}
            title="Words that the model was not sure of are underlined (N)"
          >
            Next doubtful word
          </Button>
        )}
        <Text size="sm" c="dimmed" role="status" ml="auto">
          {statusOf(now)}
        </Text>
      </Group>
      {saving.kind === 'refused' && <Problem error={new Error(saving.message)} />}
    </>
  )
}

function statusOf({ editor, saving, version, kept }: Snapshot): string {
  switch (saving.kind) {
    case 'saving':
      return 'Saving…'
    case 'away':
      return kept
        ? 'No connection. Your changes are kept in this browser.'
        : 'No connection. Keep this page open: your changes are only here.'
    case 'refused':
      return 'Not saved'
    case 'saved':
      return version > 0 || editor.past.length > 0 ? 'All changes saved' : 'Click a word to correct it'
  }
}

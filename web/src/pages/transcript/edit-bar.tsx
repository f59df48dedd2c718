import { Button, Group, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { translator } from '../../i18n/catalogue.ts'
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
  const t = useTranslations('transcript')
  const { editor, saving } = now
  const small = { size: 'xs', variant: 'default' } as const
  return (
    <>
      <Group gap="xs" className={classes.tray}>
        <Button {...small} disabled={editor.past.length === 0} onClick={onUndo}>
          {t('edit.undo')}
        </Button>
        <Button {...small} disabled={editor.future.length === 0} onClick={onRedo}>
          {t('edit.redo')}
        </Button>
        {doubts > 0 && (
          <Button {...small} onClick={onDoubt} title={t('edit.doubtSays')}>
            {t('edit.nextDoubt')}
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
  const t = translator('transcript')
  switch (saving.kind) {
    case 'saving':
      return t('saving.saving')
    case 'away':
      return kept ? t('saving.awayKept') : t('saving.away')
    case 'refused':
      return t('saving.refused')
    case 'saved':
      return version > 0 || editor.past.length > 0 ? t('saving.saved') : t('saving.click')
  }
}

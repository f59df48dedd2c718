import { Button, Group, Text } from '@mantine/core'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { translator } from '../../i18n/catalogue.ts'
import { Problem } from '../parts/problem.tsx'
import type { Snapshot } from './saving/document.ts'
import classes from './transcript.module.css'

interface EditBarProps {
  canUndo: boolean
  canRedo: boolean
  doubtful: boolean
  /** Whether everything is saved, in words. */
  status: string
  /** Why the server does not take it. */
  refused: string | undefined
  onBack(which: 'undo' | 'redo'): void
  onDoubt(back: boolean): void
}

/** Always in reach: the way back, the next doubtful word, and whether everything is saved. */
export const EditBar = memo(function EditBar(props: EditBarProps) {
  const t = useTranslations('transcript')
  const { canUndo, canRedo, doubtful, status, refused, onBack, onDoubt } = props
  const small = { size: 'xs', variant: 'default' } as const
  return (
    <>
      <Group gap="xs" className={classes.tray}>
        <Button {...small} disabled={!canUndo} onClick={() => onBack('undo')}>
          {t('edit.undo')}
        </Button>
        <Button {...small} disabled={!canRedo} onClick={() => onBack('redo')}>
          {t('edit.redo')}
        </Button>
        {doubtful && (
          <Button {...small} onClick={() => onDoubt(false)} title={t('edit.doubtSays')}>
            {t('edit.nextDoubt')}
          </Button>
        )}
        <Text size="sm" c="dimmed" role="status" ml="auto">
          {status}
        </Text>
      </Group>
      {refused !== undefined && <Problem error={new Error(refused)} />}
    </>
  )
})

export function statusOf({ editor, saving, version, kept }: Snapshot): string {
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

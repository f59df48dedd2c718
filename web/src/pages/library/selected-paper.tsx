import { Button, Group, Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Problem } from '../parts/problem.tsx'
import type { Item } from './data.ts'

export interface Selection {
  items: readonly Item[]
  /** Selects all that are shown; undefined: all are selected. */
  onAll: (() => void) | undefined
  onClear(): void
}

interface SelectedPaperProps extends Selection {
  /** Shown instead of the number selected. */
  says?: string | undefined
  error: Error | null
  children: ReactNode
}

/** Stays in view while scrolling. */
export function SelectedPaper({ items, onAll, onClear, says, error, children }: SelectedPaperProps) {
  const t = useTranslations('archive')
  return (
    <Paper
      withBorder
      p="xs"
      pos="sticky"
      top="calc(var(--app-shell-header-offset, 0rem) + 8px)"
      style={{ zIndex: 1 }}
      role="region"
      aria-label={t('selection.label')}
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} aria-live="polite">
          {says ?? t('selection.count', { count: items.length })}
        </Text>
        <Group gap="xs">
          {children}
          {onAll && (
            <Button size="xs" variant="subtle" onClick={onAll}>
              {t('selection.all')}
            </Button>
          )}
          <Button size="xs" variant="subtle" onClick={onClear}>
            {t('selection.none')}
          </Button>
        </Group>
      </Group>
      <Problem error={error} />
    </Paper>
  )
}

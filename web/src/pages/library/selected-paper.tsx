import { Button, Group, Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { counted } from '../parts/counted.ts'
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
  return (
    <Paper
      withBorder
      p="xs"
      pos="sticky"
      top="calc(var(--app-shell-header-offset, 0rem) + 8px)"
      style={{ zIndex: 1 }}
      role="region"
      aria-label="Selection"
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} aria-live="polite">
          {says ?? `${counted(items.length, 'transcript')} selected`}
        </Text>
        <Group gap="xs">
          {children}
          {onAll && (
            <Button size="xs" variant="subtle" onClick={onAll}>
              Select all shown
            </Button>
          )}
          <Button size="xs" variant="subtle" onClick={onClear}>
            Select none
          </Button>
        </Group>
      </Group>
      <Problem error={error} />
    </Paper>
  )
}

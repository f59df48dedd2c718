import { Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** One number that matters, in a `dl`: what it is, how much, and what to think of it. */
export function Figure({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="dd" m={0} fz={28} fw={600} lh={1.3} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {value}
      </Text>
      <Text component="dd" m={0} size="sm" c="dimmed">
        {children}
      </Text>
    </Paper>
  )
}

import { Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** A page's name, what it is for in a sentence, and what one does most often there. */
export function PageHead({ title, says, children }: { title: string; says: string; children?: ReactNode }) {
  return (
    <Group justify="space-between" align="end" gap="md">
      <div>
        <Title order={1} size="h2">
          {title}
        </Title>
        <Text c="dimmed" maw={640}>
          {says}
        </Text>
      </div>
      {children}
    </Group>
  )
}

import { Button, Group, Menu, Paper, Text } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Confirm } from '../parts/confirm.tsx'
import { FORMAT_NAMES } from '../parts/downloads.tsx'
import { type Item, useRemoveMany } from './data.ts'

interface SelectionBarProps {
  items: readonly Item[]
  onClear(): void
}

/** What can be done with all that is selected. */
export function SelectionBar({ items, onClear }: SelectionBarProps) {
  const [asking, setAsking] = useState(false)
  const remove = useRemoveMany()
  const count = `${items.length} ${items.length === 1 ? 'transcript' : 'transcripts'}`
  const done = items.filter(({ state }) => state === 'succeeded')
  return (
    <Paper withBorder p="xs" pos="sticky" top={8} style={{ zIndex: 1 }}>
      <Group justify="space-between">
        <Text size="sm" fw={600} aria-live="polite">
          {count} selected
        </Text>
        <Group gap="xs">
          <Menu>
            <Menu.Target>
              <Button size="xs" variant="default" disabled={done.length === 0}>
                Download
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {Object.entries(FORMAT_NAMES).map(([format, name]) => (
                <Menu.Item key={format} onClick={() => downloadAll(done, format)}>
                  {name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <Button size="xs" variant="default" color="red" onClick={() => setAsking(true)}>
            Delete
          </Button>
          <Button size="xs" variant="subtle" onClick={onClear}>
            Select none
          </Button>
        </Group>
      </Group>
      <Confirm
        opened={asking}
        title={`Delete ${count}?`}
        action={`Delete ${count}`}
        run={() => remove.mutateAsync(items.map(({ id }) => id)).then(onClear)}
        onClose={() => setAsking(false)}
      >
        Their text is gone for good. What is under way is cancelled. Media files stay.
      </Confirm>
    </Paper>
  )
}

/** A file each; the browser asks once whether it may. */
function downloadAll(items: readonly Item[], format: string): void {
  for (const { id } of items) {
    const link = document.createElement('a')
    link.href = api.url(`/transcriptions/${id}.${format}`)
    link.download = ''
    link.click()
  }
}

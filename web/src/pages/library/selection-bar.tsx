import { Button, Checkbox, Group, Menu, Paper, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Confirm } from '../parts/confirm.tsx'
import { FORMAT_NAMES, type Format } from '../parts/downloads.tsx'
import { Problem } from '../parts/problem.tsx'
import { removeMedia } from '../transcribe/data.ts'
import { type Item, useRemoveMany } from './data.ts'

interface SelectionBarProps {
  items: readonly Item[]
  onClear(): void
}

/** What can be done with all that is selected. */
export function SelectionBar({ items, onClear }: SelectionBarProps) {
  const [asking, setAsking] = useState(false)
  const [recordings, setRecordings] = useState(false)
  const remove = useRemoveMany()
  const [taken, setTaken] = useState(0)
  const taking = useMutation({
    mutationFn: async (format: Format) => {
      setTaken(0)
      const { takeMany } = await import('./take-many.ts')
      await takeMany(done, format, setTaken)
    },
  })
  const count = `${items.length} ${items.length === 1 ? 'transcript' : 'transcripts'}`
  const media = [...new Set(items.flatMap(({ source }) => (source.kind === 'media' ? source.mediaId : [])))]
  const done = items.filter(({ state }) => state === 'succeeded')
  return (
    <Paper withBorder p="xs" pos="sticky" top={8} style={{ zIndex: 1 }}>
      <Group justify="space-between">
        <Text size="sm" fw={600} aria-live="polite">
          {taking.isPending && done.length > 1 ? `Fetching ${taken} of ${done.length}` : `${count} selected`}
        </Text>
        <Group gap="xs">
          <Menu>
            <Menu.Target>
              <Button size="xs" variant="default" disabled={done.length === 0} loading={taking.isPending}>
                Download
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {done.length > 1 && <Menu.Label>{done.length} files in one ZIP</Menu.Label>}
              {(Object.keys(FORMAT_NAMES) as Format[]).map((format) => (
                <Menu.Item key={format} onClick={() => taking.mutate(format)}>
                  {FORMAT_NAMES[format]}
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
      <Problem error={taking.error} />
      <Confirm
        opened={asking}
        title={`Delete ${count}?`}
        action={`Delete ${count}`}
        run={async () => {
          if (recordings) await Promise.all(media.map(removeMedia))
          await remove.mutateAsync(items.map(({ id }) => id))
          onClear()
        }}
        onClose={() => setAsking(false)}
      >
        <Stack gap="sm">
          Their text is gone for good. What is under way is cancelled.
          {media.length > 0 && (
            <Checkbox
              label={
                media.length === 1 ? 'Delete the recording too' : `Delete the ${media.length} recordings too`
              }
              description="Other transcripts made from them keep their text, and can no longer play them."
              checked={recordings}
              onChange={({ currentTarget }) => setRecordings(currentTarget.checked)}
            />
          )}
        </Stack>
      </Confirm>
    </Paper>
  )
}

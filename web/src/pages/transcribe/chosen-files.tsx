import { CloseButton, Group, Stack, Text } from '@mantine/core'
import { bytesWords, clock } from '../parts/words.ts'
import type { Chosen } from './chosen.ts'

export function ChosenFiles({ chosen, onRemove }: { chosen: readonly Chosen[]; onRemove(file: File): void }) {
  return (
    <Stack component="ul" gap={4} p={0} m={0} style={{ listStyle: 'none' }} aria-label="Chosen files">
      {chosen.map(({ file, length }) => (
        <Group component="li" key={`${file.name}-${file.size}-${file.lastModified}`} gap="xs" wrap="nowrap">
          <Text size="sm" flex={1} style={{ overflowWrap: 'anywhere' }}>
            {file.name}
          </Text>
          <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {bytesWords(file.size)}
            {typeof length === 'number' && ` · ${clock(length)}`}
          </Text>
          <CloseButton size="sm" aria-label={`Leave out ${file.name}`} onClick={() => onRemove(file)} />
        </Group>
      ))}
    </Stack>
  )
}

import { Kbd, Text } from '@mantine/core'

export function KeyHelp({ editing }: { editing: boolean }) {
  return (
    <Text size="xs" c="dimmed" component="p" m={0} visibleFrom="md">
      <Kbd size="xs">space</Kbd> or <Kbd size="xs">k</Kbd> plays and stops; <Kbd size="xs">←</Kbd>{' '}
      <Kbd size="xs">→</Kbd> jump 5 seconds, <Kbd size="xs">j</Kbd> <Kbd size="xs">l</Kbd> ten.
      {editing && (
        <>
          {' '}
          In the text: with <Kbd size="xs">Alt</Kbd>. <Kbd size="xs">Enter</Kbd> splits,{' '}
          <Kbd size="xs">Backspace</Kbd> at the beginning merges.
        </>
      )}
    </Text>
  )
}

import { Group, Text } from '@mantine/core'

export function Brand() {
  return (
    <Group gap={8} wrap="nowrap" c="var(--mantine-color-text)">
      <img src="/icon.svg" alt="" width={26} height={26} />
      <Text component="span" fw={650} size="lg" lts="-0.01em">
        Earshot
      </Text>
    </Group>
  )
}

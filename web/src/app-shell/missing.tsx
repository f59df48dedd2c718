import { Anchor, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'

/** An address that leads nowhere. */
export function Missing() {
  return (
    <Stack align="center" gap="sm" mt={96} p="md">
      <Title order={1} size="h2">
        There is no such page
      </Title>
      <Text c="dimmed" ta="center">
        The address may be mistyped, or what was here is gone.
      </Text>
      <Anchor component={Link} to="/">
        To the start
      </Anchor>
    </Stack>
  )
}

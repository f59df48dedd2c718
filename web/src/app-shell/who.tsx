import { Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useLogOut, useSession } from '../session.ts'

/** Who is logged in, and the way out. */
export function Who() {
  const { user, account, byProxy } = useSession()
  const logOut = useLogOut()
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <UnstyledButton flex={1} miw={0} p="xs" style={{ borderRadius: 'var(--mantine-radius-default)' }}>
          <Text size="sm" fw={600} truncate>
            {user.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {account.name}
          </Text>
          <VisuallyHidden>Your login, and the way out</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label style={{ overflowWrap: 'anywhere' }}>{user.email}</Menu.Label>
        {byProxy ? (
          <Menu.Label>Your proxy logs you in and out.</Menu.Label>
        ) : (
          <>
            <Menu.Item onClick={() => logOut.mutate({ everywhere: false })}>Log out</Menu.Item>
            <Menu.Item onClick={() => logOut.mutate({ everywhere: true })}>Log out everywhere</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

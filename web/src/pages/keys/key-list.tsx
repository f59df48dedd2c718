import { Badge, Button, Code, Group, Paper, Stack, Text } from '@mantine/core'
import type { KeyReply } from '../../../../src/contract/account.ts'
import { When } from '../parts/when.tsx'
import { SCOPES, scopeLabel } from './scopes.ts'

/** One key a card, on a phone as on a desk: names and scopes are of any length. */
export function KeyList({ keys, onRevoke }: { keys: KeyReply[]; onRevoke(key: KeyReply): void }) {
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} aria-label="API keys">
      {keys.map((key) => (
        <Paper key={key.id} component="li" withBorder p="md">
          <Group justify="space-between" align="start" wrap="nowrap">
            <Stack gap={6} miw={0}>
              <Group gap="xs">
                <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                  {key.name}
                </Text>
                {key.status !== 'active' && (
                  <Badge color={key.status === 'revoked' ? 'red' : 'orange'} variant="light">
                    {key.status}
                  </Badge>
                )}
              </Group>
              <Code style={{ alignSelf: 'start' }}>{key.preview}</Code>
              <Text size="sm" c="dimmed">
                {allowed(key.scopes)}
              </Text>
              <Text size="sm" c="dimmed">
                <History item={key} />
              </Text>
            </Stack>
            {key.status === 'active' && (
              <Button
                variant="default"
                size="xs"
                style={{ flexShrink: 0 }}
                onClick={() => onRevoke(key)}
                aria-label={`Revoke ${key.name}`}
              >
                Revoke
              </Button>
            )}
          </Group>
        </Paper>
      ))}
    </Stack>
  )
}

const allowed = (scopes: string[]): string =>
  scopes.length === Object.keys(SCOPES).length
    ? 'May do everything'
    : `May: ${scopes.map(scopeLabel).join(', ')}`

function History({ item }: { item: KeyReply }) {
  return (
    <>
      Made <When at={item.createdAt} />
      {' · '}
      {item.lastUsedAt ? (
        <>
          last used <When at={item.lastUsedAt} />
        </>
      ) : (
        'never used'
      )}
      {item.revokedAt ? (
        <>
          {' · '}revoked <When at={item.revokedAt} />
        </>
      ) : (
        item.expiresAt && (
          <>
            {' · '}
            {item.status === 'expired' ? 'expired' : 'expires'} <When at={item.expiresAt} />
          </>
        )
      )}
    </>
  )
}

import { Badge, Button, Text } from '@mantine/core'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'
import { browserName } from './browser-name.ts'
import { useEndOtherSessions, useEndSession, useSessions } from './data.ts'

/** Where one is logged in. */
export function Sessions() {
  const sessions = useSessions()
  const end = useEndSession()
  const endOthers = useEndOtherSessions()
  const several = (sessions.data?.items.length ?? 0) > 1
  return (
    <Section
      title="Where you are logged in"
      aside={
        several && (
          <Button
            size="xs"
            variant="default"
            loading={endOthers.isPending}
            onClick={() => endOthers.mutate(undefined)}
          >
            Log out everywhere else
          </Button>
        )
      }
    >
      <Problem error={endOthers.error ?? end.error} />
      <Loaded query={sessions} failed="We could not load your sessions">
        {({ items }) => (
          <Rows label="Sessions">
            {items.map((session) => (
              <Row
                key={session.id}
                actions={
                  !session.current && (
                    <Button
                      size="xs"
                      variant="default"
                      loading={end.isPending && end.variables === session.id}
                      onClick={() => end.mutate(session.id)}
                      aria-label={`Log out ${browserName(session.userAgent)}`}
                    >
                      Log out
                    </Button>
                  )
                }
              >
                <Text>
                  {browserName(session.userAgent)}{' '}
                  {session.current && <Badge variant="light">this one</Badge>}
                </Text>
                <Text size="sm" c="dimmed">
                  {session.address} · seen <When at={session.lastSeenAt} /> · since{' '}
                  <When at={session.createdAt} />
                </Text>
              </Row>
            ))}
          </Rows>
        )}
      </Loaded>
    </Section>
  )
}

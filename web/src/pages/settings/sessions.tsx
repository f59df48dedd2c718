import { Badge, Button, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'
import { browserName } from './browser-name.ts'
import { useEndOtherSessions, useEndSession, useSessions } from './data.ts'

/** Where one is logged in. */
export function Sessions() {
  const t = useTranslations('settings')
  const sessions = useSessions()
  const end = useEndSession()
  const endOthers = useEndOtherSessions()
  const several = (sessions.data?.items.length ?? 0) > 1
  return (
    <Section
      title={t('sessions.title')}
      aside={
        several && (
          <Button
            size="xs"
            variant="default"
            loading={endOthers.isPending}
            onClick={() => endOthers.mutate(undefined)}
          >
            {t('sessions.others')}
          </Button>
        )
      }
    >
      <Problem error={endOthers.error ?? end.error} />
      <Loaded query={sessions} failed={t('sessions.failed')}>
        {({ items }) => (
          <Rows label={t('sessions.list')}>
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
                      aria-label={t('sessions.logOutNamed', { browser: browserName(session.userAgent) })}
                    >
                      {t('sessions.logOut')}
                    </Button>
                  )
                }
              >
                <Text>
                  {browserName(session.userAgent)}{' '}
                  {session.current && <Badge variant="light">{t('sessions.this')}</Badge>}
                </Text>
                <Text size="sm" c="dimmed">
                  {t.rich('sessions.facts', {
                    address: session.address,
                    seen: () => <When at={session.lastSeenAt} />,
                    since: () => <When at={session.createdAt} />,
                  })}
                </Text>
              </Row>
            ))}
          </Rows>
        )}
      </Loaded>
    </Section>
  )
}

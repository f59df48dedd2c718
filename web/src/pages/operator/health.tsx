import { Alert, Badge, Button, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { OperatorHealth } from '../../../../src/contract/operator.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { useHealth } from './data.ts'

type Finding = OperatorHealth['findings'][number]

/** What `earshot doctor` says, and what to do about it. */
export function Health() {
  const t = useTranslations('operator')
  const health = useHealth()
  return (
    <Section
      title={t('health.title')}
      says={t('health.says')}
      aside={
        <Button size="xs" variant="default" loading={health.isFetching} onClick={() => void health.refetch()}>
          {t('health.again')}
        </Button>
      }
    >
      {health.data && <Problem error={health.error} />}
      <Loaded query={health} failed={t('health.failed')}>
        {({ findings }) => <Findings findings={findings} />}
      </Loaded>
    </Section>
  )
}

/** What needs care comes first. */
function Findings({ findings }: { findings: Finding[] }) {
  const t = useTranslations('operator')
  const faults = findings.filter(({ ok }) => !ok)
  return (
    <Stack gap="sm">
      {faults.map((finding) => (
        <Alert key={finding.name} color="orange" title={`${finding.name}: ${finding.says}`}>
          {finding.cure && capital(finding.cure)}
        </Alert>
      ))}
      <Rows label={t('health.list')}>
        {findings
          .filter(({ ok }) => ok)
          .map(({ name, says }) => (
            <Row
              key={name}
              actions={
                <Badge color="green" variant="light">
                  {t('health.ok')}
                </Badge>
              }
            >
              <Text fw={600}>{name}</Text>
              <Text size="sm" c="dimmed">
                {says}
              </Text>
            </Row>
          ))}
      </Rows>
    </Stack>
  )
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

import { Alert, Badge, Button, Stack, Text } from '@mantine/core'
import { useLocale, useTranslations } from 'use-intl'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { useHealth } from './data.ts'
import { type Finding, findingWords, type Sentence } from './finding-words.ts'

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
  const translate = useTranslations('findings')
  const locale = useLocale()
  const words = (finding: Finding, which: Sentence) => findingWords(finding, which, { translate, locale })
  const faults = findings.filter(({ ok }) => !ok)
  return (
    <Stack gap="sm">
      {faults.map((finding) => (
        <Alert
          key={finding.name}
          color="orange"
          title={t('health.fault', { name: words(finding, 'name'), says: words(finding, 'says') })}
        >
          {finding.cure && words(finding, 'cure')}
        </Alert>
      ))}
      <Rows label={t('health.list')}>
        {findings
          .filter(({ ok }) => ok)
          .map((finding) => (
            <Row
              key={finding.name}
              actions={
                <Badge color="green" variant="light">
                  {t('health.ok')}
                </Badge>
              }
            >
              <Text fw={600}>{words(finding, 'name')}</Text>
              <Text size="sm" c="dimmed">
                {words(finding, 'says')}
              </Text>
            </Row>
          ))}
      </Rows>
    </Stack>
  )
}

import { Alert, Badge, Button, Stack, Text } from '@mantine/core'
import type { OperatorHealth } from '../../../../src/contract/operator.ts'
import { Loaded } from '../parts/loaded.tsx'
import { Problem } from '../parts/problem.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { useHealth } from './data.ts'

type Finding = OperatorHealth['findings'][number]

/** What `earshot doctor` says, and what to do about it. */
export function Health() {
  const health = useHealth()
  return (
    <Section
      title="Health"
      says="What this machine has of what Earshot needs; the same as “earshot doctor”."
      aside={
        <Button size="xs" variant="default" loading={health.isFetching} onClick={() => void health.refetch()}>
          Check again
        </Button>
      }
    >
      {health.data && <Problem error={health.error} />}
      <Loaded query={health} failed="We could not load the health of this machine">
        {({ findings }) => <Findings findings={findings} />}
      </Loaded>
    </Section>
  )
}

/** What needs care comes first. */
function Findings({ findings }: { findings: Finding[] }) {
  const faults = findings.filter(({ ok }) => !ok)
  return (
    <Stack gap="sm">
      {faults.map((finding) => (
        <Alert key={finding.name} color="orange" title={`${finding.name}: ${finding.says}`}>
          {finding.cure && capital(finding.cure)}
        </Alert>
      ))}
      <Rows label="Checks">
        {findings
          .filter(({ ok }) => ok)
          .map(({ name, says }) => (
            <Row
              key={name}
              actions={
                <Badge color="green" variant="light">
                  OK
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

import { Badge, Paper, SimpleGrid, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { CreditsReply } from '../../../../src/contract/account.ts'
import { planName, renewal } from './plan-words.ts'

export function Balance({ credits }: { credits: CreditsReply }) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} component="dl" m={0}>
      <Figure label="Available" value={credits.available.toLocaleString()}>
        for new transcriptions
      </Figure>
      <Figure label="Reserved" value={credits.pending.toLocaleString()}>
        {credits.pending > 0 ? 'by what is under way; what is not needed comes back' : 'nothing is under way'}
      </Figure>
      <Figure label="Plan" value={planName(credits.plan)}>
        {renewal(credits, Date.now())}
        {credits.subscriptionStatus !== null && credits.subscriptionStatus !== 'active' && (
          <Badge ml="xs" variant="light" color="orange">
            {credits.subscriptionStatus.replace('_', ' ')}
          </Badge>
        )}
      </Figure>
    </SimpleGrid>
  )
}

function Figure({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="dd" m={0} fz={28} fw={600} lh={1.3} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {value}
      </Text>
      <Text component="dd" m={0} size="sm" c="dimmed">
        {children}
      </Text>
    </Paper>
  )
}

import { Badge, SimpleGrid } from '@mantine/core'
import type { CreditsReply } from '../../../../src/contract/account.ts'
import { Figure } from '../parts/figure.tsx'
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

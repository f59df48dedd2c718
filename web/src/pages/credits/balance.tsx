import { Badge, SimpleGrid } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { CreditsReply } from '../../../../src/contract/account.ts'
import { Figure } from '../parts/figure.tsx'
import { numberWords } from '../parts/words.ts'
import { planName, renewal, statusWords } from './plan-words.ts'

export function Balance({ credits }: { credits: CreditsReply }) {
  const t = useTranslations('credits')
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} component="dl" m={0}>
      <Figure label={t('balance.available')} value={numberWords(credits.available)}>
        {t('balance.availableSays')}
      </Figure>
      <Figure label={t('balance.reserved')} value={numberWords(credits.pending)}>
        {credits.pending > 0 ? t('balance.reservedSays') : t('balance.nothingReserved')}
      </Figure>
      <Figure label={t('balance.plan')} value={planName(credits.plan)}>
        {renewal(credits, Date.now())}
        {credits.subscriptionStatus !== null && credits.subscriptionStatus !== 'active' && (
          <Badge ml="xs" variant="light" color="orange">
            {statusWords(credits.subscriptionStatus)}
          </Badge>
        )}
      </Figure>
    </SimpleGrid>
  )
}

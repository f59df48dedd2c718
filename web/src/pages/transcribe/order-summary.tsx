import { Alert, Anchor, Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import type { CapabilitiesReply } from '../../../../src/contract/native.ts'
import { useCredits } from '../credits/data.ts'
import type { Chosen } from './chosen.ts'
import { estimate, estimateWords, modelWords, rateWords, shortfall } from './price-words.ts'
import { takesWords } from './takes-words.ts'
import { isUnderWay } from './uploads/upload.ts'
import { useUploads } from './uploads/uploads.ts'
import type { RefusedLink } from './use-order-links.ts'
import { modelOf, type Wishes } from './wishes.ts'

interface OrderSummaryProps {
  capabilities: CapabilitiesReply
  wishes: Wishes
  links: readonly string[]
  chosen: readonly Chosen[]
  isPending: boolean
  /** Of the links that were ordered last. */
  refused: readonly RefusedLink[]
}

/** What the order costs and who hears it, before it begins; and the button that begins it. */
export function OrderSummary({ capabilities, wishes, links, chosen, isPending, refused }: OrderSummaryProps) {
  const t = useTranslations('order')
  const { price } = capabilities
  const lengths = [...chosen.map(({ length }) => length ?? null), ...links.map(() => null)]
  const cost = estimate(price, lengths)
  const lack = useLack(capabilities, lengths)
  const count = lengths.length
  const model = modelOf(capabilities, wishes)
  const costs = count === 0 ? rateWords(price) : estimateWords(price, cost)
  return (
    <>
      {refused.length > 0 && <Refused links={refused} />}
      {count > 0 && lack !== undefined && <TooLittle says={lack} />}
      <Group justify="space-between">
        <Text size="sm" c="dimmed" aria-live="polite" flex="1 1 14rem">
          {links.length > 1 && `${t('linksFound', { count: links.length })} `}
          {costs} {modelWords(model)}{' '}
          {count > 0 && takesWords(model?.speed ?? null, capabilities.secondsAhead, lengths)}
        </Text>
        <Button type="submit" size="md" loading={isPending} disabled={count === 0 || lack !== undefined}>
          {count > 1 ? t('startMany', { count }) : t('start')}
        </Button>
      </Group>
    </>
  )
}

/** Why the credits will not do; files that are still being sent are paid first. */
function useLack({ price }: CapabilitiesReply, lengths: (number | null)[]): string | undefined {
  const credits = useCredits()
  const sending = useUploads()
    .filter(isUnderWay)
    .map(({ seconds }) => seconds)
  if (!credits.data) return undefined
  return shortfall(estimate(price, lengths), price, credits.data.available, estimate(price, sending))
}

const TooLittle = ({ says }: { says: string }) => {
  const t = useTranslations('order')
  return (
    <Alert color="orange" title={t('tooFew')}>
      {says}{' '}
      <Anchor component={Link} to="/credits" inherit>
        {t('seeCredits')}
      </Anchor>
    </Alert>
  )
}

const Refused = ({ links }: { links: readonly RefusedLink[] }) => {
  const parts = useTranslations('parts')
  return (
    <Alert color="red" role="alert" title={useTranslations('order')('refused', { count: links.length })}>
      {links.map(({ link, why }) => (
        <Text key={link} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {parts('named', { action: link, name: why })}
        </Text>
      ))}
    </Alert>
  )
}

import type { CreditsReply } from '../../../../src/contract/account.ts'
import { locale, translator } from '../../i18n/catalogue.ts'

const TEN_YEARS_MS = 10 * 365 * 86_400_000
const STATUSES = ['past_due', 'unpaid', 'canceled', 'incomplete', 'trialing'] as const

export const planName = (plan: string): string => plan.charAt(0).toUpperCase() + plan.slice(1)

/** @param status Stripe’s */
export function statusWords(status: string): string {
  const known = STATUSES.find((each) => each === status)
  return known ? translator('credits')(`status.${known}`) : status.replaceAll('_', ' ')
}

/** When the plan is renewed, or ends; accounts that the operator made run on. */
export function renewal(
  { subscriptionStatus, currentPeriodEnd }: Pick<CreditsReply, 'subscriptionStatus' | 'currentPeriodEnd'>,
  now: number,
): string {
  const t = translator('credits')
  if (subscriptionStatus === null || currentPeriodEnd === null) return t('plan.none')
  const end = Date.parse(currentPeriodEnd)
  const date = new Intl.DateTimeFormat(locale(), { dateStyle: 'long' }).format(end)
  if (end <= now) return t('plan.ended', { date })
  if (end - now > TEN_YEARS_MS) return t('plan.noEnd')
  return subscriptionStatus === 'canceled' ? t('plan.ends', { date }) : t('plan.renewed', { date })
}

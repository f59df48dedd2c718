import type { CreditsReply } from '../../../../src/contract/account.ts'

const TEN_YEARS_MS = 10 * 365 * 86_400_000
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' })

export const planName = (plan: string): string => plan.charAt(0).toUpperCase() + plan.slice(1)

/** When the plan is renewed, or ends; accounts that the operator made run on. */
export function renewal(
  { subscriptionStatus, currentPeriodEnd }: Pick<CreditsReply, 'subscriptionStatus' | 'currentPeriodEnd'>,
  now: number,
): string {
  if (subscriptionStatus === null || currentPeriodEnd === null) return 'no subscription'
  const end = Date.parse(currentPeriodEnd)
  if (end <= now) return `ended on ${day.format(end)}`
  if (end - now > TEN_YEARS_MS) return 'no end'
  return subscriptionStatus === 'canceled' ? `ends on ${day.format(end)}` : `renewed on ${day.format(end)}`
}

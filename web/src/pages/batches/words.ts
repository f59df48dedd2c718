import type { BatchReply } from '../../../../src/contract/batches.ts'
import type { SubscriptionReply } from '../../../../src/contract/subscriptions.ts'
import type { Translate } from '../../i18n/catalogue.ts'

type T = Translate<'batches'>

/** What to call it, also while nobody has named it. */
export const batchName = (t: T, { name, source, total }: BatchReply): string =>
  name ?? source?.title ?? source?.url ?? t('unnamed', { count: total })

/** “3 of 12 recordings transcribed · 1 failed” */
export function countWords(t: T, { counts, total }: BatchReply): string {
  const { succeeded, failed, cancelled } = counts
  return [
    t('counts.done', { done: succeeded, total }),
    failed > 0 && t('counts.failed', { count: failed }),
    cancelled > 0 && t('counts.cancelled', { count: cancelled }),
  ]
    .filter(Boolean)
    .join(' · ')
}

export const subscriptionName = ({ name, title, url }: SubscriptionReply): string => name ?? title ?? url

const HOUR = 60
const DAY = 24 * HOUR

/** “Every 6 hours”, in the largest unit that says it exactly. */
export function everyWords(t: T, minutes: number): string {
  if (minutes % DAY === 0) return t('subscriptions.every.days', { count: minutes / DAY })
  if (minutes % HOUR === 0) return t('subscriptions.every.hours', { count: minutes / HOUR })
  return t('subscriptions.every.minutes', { count: minutes })
}

/** What is offered; others can be set through the API. */
export const SCHEDULES = [15, 30, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY] as const

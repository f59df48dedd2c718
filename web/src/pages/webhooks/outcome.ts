import type { DeliveryReply } from '../../../../src/contract/webhooks.ts'
import { translator } from '../../i18n/catalogue.ts'

/** What became of a delivery so far, as a sentence. */
export function outcome({
  state,
  attempts,
  lastStatus,
  lastError,
}: Pick<DeliveryReply, 'state' | 'attempts' | 'lastStatus' | 'lastError'>): string {
  const t = translator('webhooks')
  if (isBeingSent({ state, lastStatus, lastError })) return t('outcome.sending')
  if (attempts === 0) return t('outcome.off')
  const status = String(lastStatus ?? '')
  if (state === 'succeeded') return t('outcome.answered', { status, tries: attempts })
  const reason = lastStatus === null ? (lastError ?? t('outcome.noAnswer')) : t('outcome.status', { status })
  return t(state === 'failed' ? 'outcome.gaveUp' : 'outcome.failed', { tries: attempts, reason })
}

/** For the first time: nothing has come of it yet. */
export const isBeingSent = ({
  state,
  lastStatus,
  lastError,
}: Pick<DeliveryReply, 'state' | 'lastStatus' | 'lastError'>): boolean =>
  state === 'pending' && lastStatus === null && lastError === null

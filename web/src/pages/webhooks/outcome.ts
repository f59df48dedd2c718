import type { DeliveryReply } from '../../../../src/contract/native.ts'

/** What became of a delivery so far, as a sentence. */
export function outcome({
  state,
  attempts,
  lastStatus,
  lastError,
}: Pick<DeliveryReply, 'state' | 'attempts' | 'lastStatus' | 'lastError'>): string {
  if (isBeingSent({ state, lastStatus, lastError })) return 'Being sent…'
  if (attempts === 0) return 'Not sent: the endpoint is off.'
  const tries = attempts === 1 ? '' : ` after ${attempts} tries`
  if (state === 'succeeded') return `Answered ${lastStatus ?? ''}${tries}.`
  const reason = lastStatus === null ? (lastError ?? 'no answer') : `answered ${lastStatus}`
  return state === 'failed' ? `Given up${tries}: ${reason}.` : `Failed${tries}: ${reason}.`
}

/** For the first time: nothing has come of it yet. */
export const isBeingSent = ({
  state,
  lastStatus,
  lastError,
}: Pick<DeliveryReply, 'state' | 'lastStatus' | 'lastError'>): boolean =>
  state === 'pending' && lastStatus === null && lastError === null

import type { DeliveryReply } from '../../../../src/contract/native.ts'

/** What became of a delivery so far, as a sentence. */
export function outcome({
  state,
  attempts,
  lastStatus,
  lastError,
}: Pick<DeliveryReply, 'state' | 'attempts' | 'lastStatus' | 'lastError'>): string {
  if (attempts === 0) return state === 'pending' ? 'Being sent…' : 'Not sent: the endpoint is off.'
  const tries = attempts === 1 ? '' : ` after ${attempts} tries`
  if (state === 'succeeded') return `Answered ${lastStatus ?? ''}${tries}.`
  const reason = lastStatus === null ? (lastError ?? 'no answer') : `answered ${lastStatus}`
  return state === 'failed' ? `Given up${tries}: ${reason}.` : `Failed${tries}: ${reason}.`
}

/**
 * What a transcription costs, in whole credits. A policy is frozen into the transcription when it is
 * accepted, so that a change of prices never touches work that is under way.
 */
export type PricePolicy = { kind: 'flat'; credits: number } | { kind: 'per_minute'; credits: number }

/** `per_minute` counts started minutes; even an empty recording is one. */
export function price(policy: PricePolicy, durationSeconds: number): number {
  if (policy.kind === 'flat') return policy.credits
  return policy.credits * Math.max(1, Math.ceil(durationSeconds / 60))
}

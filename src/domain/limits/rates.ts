import type { AccountRow } from '../tables.ts'

/** `default`: no valid key, counted by address. `premium`: an active subscription. `admin`: the operator's own. */
export const TIERS = ['default', 'authenticated', 'premium', 'admin'] as const
export type Tier = (typeof TIERS)[number]

export const ENDPOINTS = ['transcribe', 'media', 'posts'] as const
export type Endpoint = (typeof ENDPOINTS)[number]

/** Requests in any 60 s. Up to `burst` more pass while the window is not used up by them. */
export interface Rate {
  max: number
  burst: number
}

export interface Rates {
  tiers: Record<Tier, Rate>
  endpoints: Record<Endpoint, Rate>
}

export const DEFAULT_RATES: Rates = {
  tiers: {
    default: { max: 25, burst: 10 },
    authenticated: { max: 60, burst: 30 },
    premium: { max: 100, burst: 100 },
    admin: { max: 200, burst: 500 },
  },
  endpoints: {
    transcribe: { max: 10, burst: 0 },
    media: { max: 30, burst: 0 },
    posts: { max: 30, burst: 0 },
  },
}

/** @param rateTier what the account's plan says, if anything */
export function tierOf(
  { subscription_status: status, current_period_end: end }: AccountRow,
  now: number,
  rateTier?: Tier,
): Tier {
  const runs = (status === 'active' || status === 'trialing') && (end ?? 0) > now
  return runs ? (rateTier ?? 'premium') : 'authenticated'
}

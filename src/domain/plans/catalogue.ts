import { DomainError } from '../errors.ts'
import type { Tier } from '../limits/rates.ts'

/** Credits every month; unused ones stay. */
export interface Plan {
  id: string
  name: string
  monthlyCredits: number
  /** Default: `premium`. */
  rateTier?: Tier | undefined
  /** The payment provider's name of its price; without one it is given by the operator only. */
  priceId?: string | undefined
}

/** Credits that are bought once. */
export interface Pack {
  id: string
  name: string
  credits: number
  priceId?: string | undefined
}

export interface Catalogue {
  plans: Plan[]
  packs: Pack[]
}

export const DEFAULT_CATALOGUE: Catalogue = {
  plans: [
    { id: 'starter', name: 'Starter', monthlyCredits: 100_000 },
    { id: 'pro', name: 'Pro', monthlyCredits: 150_000 },
    { id: 'agency', name: 'Agency', monthlyCredits: 150_000 },
  ],
  packs: [],
}

/** @throws DomainError `request.invalid` */
export const planOf = ({ plans }: Catalogue, id: string): Plan => find('plan', plans, id)

/** @throws DomainError `request.invalid` */
export const packOf = ({ packs }: Catalogue, id: string): Pack => find('pack', packs, id)

function find<T extends { id: string }>(field: string, items: readonly T[], id: string): T {
  const found = items.find((item) => item.id === id)
  if (found) return found
  const names = items.map((item) => item.id).join(', ') || 'none'
  throw new DomainError('request.invalid', `${field}: there is no ${field} “${id}”; there are: ${names}.`, {
    field,
    reason: 'unknown',
  })
}

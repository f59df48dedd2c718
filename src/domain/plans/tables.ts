export interface PlanTables {
  purchases: PurchaseRow
  payment_events: PaymentEventRow
}

export interface PurchaseRow {
  id: string
  account_id: string
  kind: 'plan' | 'pack'
  /** Id in the catalogue. */
  item: string
  /** What a pack gives; a plan's credits come with each paid period. */
  credits: number
  provider: string
  /** The provider's own name of it. */
  provider_ref: string | null
  state: 'open' | 'paid' | 'expired'
  created_at: number
  ended_at: number | null
}

/** One an event that a provider sent: each is applied once, however often it comes. */
export interface PaymentEventRow {
  id: string
  type: string
  created_at: number
}

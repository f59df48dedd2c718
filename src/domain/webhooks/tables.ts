import type { LeaseColumns } from '../leases/columns.ts'

/** The webhooks' rows, as Kysely sees them. */
export interface WebhookTables {
  webhook_endpoints: WebhookEndpointRow
  webhook_deliveries: WebhookDeliveryRow
}

export interface WebhookEndpointRow {
  id: string
  account_id: string
  url: string
  /** JSON of `EventType[]`. */
  events: string
  secret: string
  /** Signs as well until `old_secret_until`, so that the receiver can change over without a gap. */
  old_secret: string | null
  old_secret_until: number | null
  disabled_at: number | null
  disabled_reason: string | null
  created_at: number
}

export type DeliveryState = 'pending' | 'succeeded' | 'failed'

/** Claimed while an attempt is under way. */
export interface WebhookDeliveryRow extends LeaseColumns {
  id: string
  endpoint_id: string
  /** `webhook-id`: the same for every attempt, so that the receiver can tell a repetition. */
  event_id: string
  event_type: string
  /** The very bytes that are signed and sent. */
  payload: string
  state: DeliveryState
  attempts: number
  /** Epoch ms of the next attempt. Null: ended. */
  next_at: number | null
  last_status: number | null
  last_error: string | null
  created_at: number
  ended_at: number | null
}

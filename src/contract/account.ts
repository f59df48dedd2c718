/** Wire schemas of an account's keys and credits: `/v1/api-keys`, `/v1/credits…`, `/v1/usage`. Times are ISO 8601. */
import { z } from 'zod'

export const KEY_SCOPES = ['transcribe', 'media', 'library', 'keys', 'credits', 'webhooks', 'posts'] as const

export const createKeyBody = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  /** Default: all that the asking key has. */
  scopes: z.array(z.enum(KEY_SCOPES)).min(1).max(KEY_SCOPES.length).optional(),
  /** Default: never. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
})

export const keyReply = z.object({
  id: z.string(),
  name: z.string(),
  /** `sk_live_abc...xyz` */
  preview: z.string(),
  scopes: z.array(z.string()),
  status: z.enum(['active', 'revoked', 'expired']),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
})
export type KeyReply = z.infer<typeof keyReply>

export const createKeyReply = keyReply.extend({
  /** The key itself: shown this once. */
  apiKey: z.string(),
})
export type CreateKeyReply = z.infer<typeof createKeyReply>

export const listKeysReply = z.object({ items: z.array(keyReply) })
export type ListKeysReply = z.infer<typeof listKeysReply>

export const creditsReply = z.object({
  /** Granted less spent. */
  posted: z.number(),
  /** Held by what is under way. */
  pending: z.number(),
  /** What new work may take. */
  available: z.number(),
  plan: z.string(),
  subscriptionStatus: z.string().nullable(),
  currentPeriodEnd: z.string().nullable(),
})
export type CreditsReply = z.infer<typeof creditsReply>

export const ledgerQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(200).optional(),
})

export const ledgerReply = z.object({
  /** The newest first. */
  items: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['grant', 'hold', 'post', 'void', 'expire', 'reversal']),
      amount: z.number(),
      /** What it did to what is available, and to what is posted. */
      availableChange: z.number(),
      postedChange: z.number(),
      holdId: z.string().nullable(),
      transcriptionId: z.string().nullable(),
      note: z.string().nullable(),
      createdAt: z.string(),
    }),
  ),
  nextCursor: z.string().nullable(),
})
export type LedgerReply = z.infer<typeof ledgerReply>

export const usageQuery = z.strictObject({
  /** Days, UTC, both included. Default: the last 30. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
})

const used = z.object({ transcriptions: z.number(), seconds: z.number(), credits: z.number() })

export const usageReply = z.object({
  from: z.string(),
  to: z.string(),
  total: used,
  days: z.array(used.extend({ day: z.string() })),
  /** Null: a person on the dashboard. */
  keys: z.array(used.extend({ keyId: z.string().nullable(), name: z.string().nullable() })),
  /** Where the media came from: `upload`, `url`, or a platform; `removed` where the transcription was deleted. */
  sources: z.array(used.extend({ source: z.string() })),
})
export type UsageReply = z.infer<typeof usageReply>

export const plansReply = z.object({
  /** Who takes the money; `manual`: the operator. */
  provider: z.string(),
  plans: z.array(
    z.object({ id: z.string(), name: z.string(), monthlyCredits: z.number(), forSale: z.boolean() }),
  ),
  packs: z.array(z.object({ id: z.string(), name: z.string(), credits: z.number(), forSale: z.boolean() })),
})
export type PlansReply = z.infer<typeof plansReply>

const returnUrl = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .optional()

/** Either a plan or a pack. */
export const checkoutBody = z.strictObject({
  plan: z.string().min(1).max(50).optional(),
  pack: z.string().min(1).max(50).optional(),
  successUrl: returnUrl,
  cancelUrl: returnUrl,
})

export const purchaseReply = z.object({
  id: z.string(),
  kind: z.enum(['plan', 'pack']),
  item: z.string(),
  credits: z.number(),
  state: z.enum(['open', 'paid', 'expired']),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
})
export type PurchaseReply = z.infer<typeof purchaseReply>

export const checkoutReply = purchaseReply.extend({
  /** Where to pay; null: the operator says when it is paid. */
  url: z.string().nullable(),
})
export type CheckoutReply = z.infer<typeof checkoutReply>

export const listPurchasesReply = z.object({ items: z.array(purchaseReply) })
export type ListPurchasesReply = z.infer<typeof listPurchasesReply>

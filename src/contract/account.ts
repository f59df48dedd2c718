/** Wire schemas of an account's keys and credits: `/v1/api-keys`, `/v1/credits…`, `/v1/usage`. Times are ISO 8601. */
import { z } from 'zod'

export const KEY_SCOPES = ['transcribe', 'media', 'library', 'keys', 'credits', 'webhooks', 'posts'] as const

export const createKeyBody = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  scopes: z
    .array(z.enum(KEY_SCOPES))
    .min(1)
    .max(KEY_SCOPES.length)
    .optional()
    .describe('Default: all that the asking key has.'),
  expiresAt: z.iso.datetime({ offset: true }).optional().describe('Default: never.'),
})

export const keyReply = z.object({
  id: z.string(),
  name: z.string(),
  preview: z.string().describe('`sk_live_abc...xyz`'),
  scopes: z.array(z.string()),
  status: z.enum(['active', 'revoked', 'expired']),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
})
export type KeyReply = z.infer<typeof keyReply>

export const createKeyReply = keyReply.extend({
  apiKey: z.string().describe('The key itself: shown this once.'),
})
export type CreateKeyReply = z.infer<typeof createKeyReply>

export const listKeysReply = z.object({ items: z.array(keyReply) })
export type ListKeysReply = z.infer<typeof listKeysReply>

export const creditsReply = z.object({
  posted: z.number().describe('Granted less spent.'),
  pending: z.number().describe('Held by what is under way.'),
  available: z.number().describe('What new work may take.'),
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
  items: z
    .array(
      z.object({
        id: z.string(),
        kind: z.enum(['grant', 'hold', 'post', 'void', 'expire', 'reversal']),
        amount: z.number(),
        availableChange: z.number().describe('What it did to what is available, and to what is posted.'),
        postedChange: z.number(),
        holdId: z.string().nullable(),
        transcriptionId: z.string().nullable(),
        note: z.string().nullable(),
        createdAt: z.string(),
      }),
    )
    .describe('The newest first.'),
  nextCursor: z.string().nullable(),
})
export type LedgerReply = z.infer<typeof ledgerReply>

export const usageQuery = z.strictObject({
  from: z.iso.date().optional().describe('Days, UTC, both included. Default: the last 30.'),
  to: z.iso.date().optional(),
})

const used = z.object({ transcriptions: z.number(), seconds: z.number(), credits: z.number() })

export const usageReply = z.object({
  from: z.string(),
  to: z.string(),
  total: used,
  days: z.array(used.extend({ day: z.string() })),
  keys: z
    .array(used.extend({ keyId: z.string().nullable(), name: z.string().nullable() }))
    .describe('Null: a person on the dashboard.'),
  sources: z
    .array(used.extend({ source: z.string() }))
    .describe(
      'Where the media came from: `upload`, `url`, or a platform; `removed` where the transcription was deleted.',
    ),
})
export type UsageReply = z.infer<typeof usageReply>

export const plansReply = z.object({
  provider: z.string().describe('Who takes the money; `manual`: the operator.'),
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
  url: z.string().nullable().describe('Where to pay; null: the operator says when it is paid.'),
})
export type CheckoutReply = z.infer<typeof checkoutReply>

export const listPurchasesReply = z.object({ items: z.array(purchaseReply) })
export type ListPurchasesReply = z.infer<typeof listPurchasesReply>

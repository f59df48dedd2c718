/** The operator's part of the dashboard's API, under `/api/dashboard/operator`. Times are epoch ms. */
import { z } from 'zod'

export const operatorOverview = z.object({
  findings: z.array(
    z.object({ name: z.string(), ok: z.boolean(), says: z.string(), cure: z.string().optional() }),
  ),
  workers: z.array(
    z.object({
      id: z.string(),
      host: z.string(),
      engine: z.looseObject({ model: z.string(), family: z.string(), standIn: z.boolean() }),
      slots: z.array(
        z.looseObject({ state: z.enum(['starting', 'idle', 'busy', 'down']), restarts: z.number() }),
      ),
      running: z.number(),
      fault: z.string().nullable(),
      startedAt: z.number(),
      seenAt: z.number(),
    }),
  ),
  transcriptions: z.record(z.string(), z.number()),
  waitingSince: z.number().nullable(),
  storage: z.object({ files: z.number(), bytes: z.number() }),
  accounts: z.number(),
})
export type OperatorOverview = z.output<typeof operatorOverview>

export const operatorAccounts = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      plan: z.string(),
      subscriptionStatus: z.string().nullable(),
      posted: z.number(),
      pending: z.number(),
      createdAt: z.number(),
    }),
  ),
  next: z.string().nullable(),
})
export type OperatorAccounts = z.output<typeof operatorAccounts>

export const accountsQuery = z.strictObject({
  q: z.string().max(200).optional(),
  after: z.string().max(100).optional(),
})

export const newAccountBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  credits: z.int().min(0).max(1_000_000_000).default(0),
})

export const grantBody = z.strictObject({
  amount: z.int().min(1).max(1_000_000_000),
  reference: z.string().min(1).max(200).optional(),
  note: z.string().max(500).optional(),
})

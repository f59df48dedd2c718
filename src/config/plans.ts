import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { TIERS } from '../domain/limits/rates.ts'
import { type Catalogue, DEFAULT_CATALOGUE } from '../domain/plans/catalogue.ts'

const id = z.string().regex(/^[\w-]{1,50}$/, 'must have 1 to 50 letters, digits, - or _')
const name = z.string().min(1).max(100)
const credits = z.int().min(0).max(1_000_000_000)
const priceId = z.string().min(1).optional()

/** The file that `EARSHOT_PLANS` names; docs/money.md shows one. */
const file = z.strictObject({
  plans: z
    .record(
      id,
      z.strictObject({ name, monthlyCredits: credits, rateTier: z.enum(TIERS).optional(), priceId }),
    )
    .optional(),
  packs: z.record(id, z.strictObject({ name, credits: credits.min(1), priceId })).optional(),
})

/** Reads the plan file, and says what is wrong with it. Unset: the default plans, and nothing for sale. */
export const plans = z
  .string()
  .min(1)
  .optional()
  .transform((path, ctx): Catalogue => {
    if (path === undefined) return DEFAULT_CATALOGUE
    try {
      const { plans, packs } = file.parse(JSON.parse(readFileSync(path, 'utf8')))
      return {
        plans: plans ? withIds(plans) : DEFAULT_CATALOGUE.plans,
        packs: withIds(packs ?? {}),
      }
    } catch (cause) {
      const why = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message
      ctx.addIssue({ code: 'custom', message: `the plan file cannot be used: ${why}` })
      return z.NEVER
    }
  })

const withIds = <T extends object>(items: Record<string, T>): (T & { id: string })[] =>
  Object.entries(items).map(([id, item]) => ({ id, ...item }))

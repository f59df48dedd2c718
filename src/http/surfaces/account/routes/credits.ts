import type { FastifyInstance } from 'fastify'
import {
  type CreditsReply,
  type LedgerReply,
  ledgerQuery,
  type UsageReply,
  usageQuery,
} from '../../../../contract/account.ts'
import { accountCredits } from '../../../../domain/accounts/credits.ts'
import { statement } from '../../../../domain/credits/statement.ts'
import { usage } from '../../../../domain/credits/usage.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { credits as presentCredits, usage as presentUsage, statementItem } from '../present.ts'

const DAY_MS = 86_400_000

/** `/v1/credits`, `/v1/credits/ledger`, `/v1/usage`. */
export function credits(app: FastifyInstance, deps: HttpDeps): void {
  app.get(
    '/credits',
    async (request): Promise<CreditsReply> => presentCredits(await accountCredits(deps, request.ctx)),
  )

  app.get('/credits/ledger', async (request): Promise<LedgerReply> => {
    const { items, nextCursor } = await statement(deps, request.ctx, parse(ledgerQuery, request.query))
    return { items: items.map(statementItem), nextCursor }
  })

  app.get('/usage', async (request): Promise<UsageReply> => {
    const query = parse(usageQuery, request.query)
    const to = query.to === undefined ? startOfDay(deps.clock.now()) : Date.parse(query.to)
    const from = query.from === undefined ? to - 29 * DAY_MS : Date.parse(query.from)
    return presentUsage({ from, to }, await usage(deps, request.ctx, { from, to: to + DAY_MS }))
  })
}

const startOfDay = (time: number): number => Math.floor(time / DAY_MS) * DAY_MS

import type { FastifyInstance } from 'fastify'
import {
  type CheckoutReply,
  checkoutBody,
  type ListPurchasesReply,
  type PlansReply,
} from '../../../../contract/account.ts'
import { startCheckout } from '../../../../domain/plans/checkout.ts'
import { listPurchases } from '../../../../domain/plans/list-purchases.ts'
import type { HttpDeps } from '../../../context.ts'
import { originOf } from '../../../origin.ts'
import { parse } from '../../../parse.ts'
import { executeOnce, idempotent } from '../../../plugins/idempotency.ts'
import { purchase as presentPurchase } from '../present.ts'

/** `/v1/plans`, `/v1/checkout`, `/v1/purchases`. */
export function plans(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/plans', async (): Promise<PlansReply> => {
    const { plans, packs } = deps.policy.catalogue
    const forSale = (priceId: string | undefined): boolean =>
      deps.payments.provider === 'manual' || priceId !== undefined
    return {
      provider: deps.payments.provider,
      plans: plans.map(({ id, name, monthlyCredits, priceId }) => ({
        id,
        name,
        monthlyCredits,
        forSale: forSale(priceId),
      })),
      packs: packs.map(({ id, name, credits, priceId }) => ({
        id,
        name,
        credits,
        forSale: forSale(priceId),
      })),
    }
  })

  app.post('/checkout', { preHandler: idempotent(deps) }, (request, reply) =>
    executeOnce(deps, request, reply, async (made): Promise<CheckoutReply> => {
      const { successUrl, cancelUrl, ...order } = parse(checkoutBody, request.body)
      const home = `${originOf(deps.web, request)}/`
      const { purchase, url } = await startCheckout(deps, request.ctx, {
        ...order,
        made,
        successUrl: successUrl ?? home,
        cancelUrl: cancelUrl ?? home,
      })
      void reply.code(201)
      return { ...presentPurchase(purchase), url }
    }),
  )

  app.get(
    '/purchases',
    async (request): Promise<ListPurchasesReply> => ({
      items: (await listPurchases(deps, request.ctx)).map(presentPurchase),
    }),
  )
}

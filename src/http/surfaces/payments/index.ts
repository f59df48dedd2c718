import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../../domain/errors.ts'
import { applyPayment } from '../../../domain/plans/apply.ts'
import { PaymentError } from '../../../ports/payments.ts'
import type { HttpDeps } from '../../context.ts'
import { v1Errors } from '../../v1/index.ts'

/**
 * `POST /v1/payments/webhook`: what the payment provider tells. It carries no key; its signature, over the
 * bytes as they came, is what counts.
 */
export async function payments(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  v1Errors(app, deps)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => body)
  app.post('/payments/webhook', async (request) => {
    const event = read(deps, request.body, request.headers['stripe-signature'])
    return { received: true, applied: event !== undefined && (await applyPayment(deps, event)) }
  })
}

function read({ payments }: HttpDeps, body: unknown, signature: string | string[] | undefined) {
  try {
    return payments.read(Buffer.isBuffer(body) ? body : Buffer.alloc(0), String(signature ?? ''))
  } catch (cause) {
    if (!(cause instanceof PaymentError)) throw cause
    throw new DomainError('request.invalid', cause.message, { field: 'Stripe-Signature', reason: 'invalid' })
  }
}

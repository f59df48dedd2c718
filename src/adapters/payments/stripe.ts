/**
 * Stripe Checkout and its webhooks. What an event is about is read from the metadata that the checkout set,
 * never from what a browser sent.
 */
import Stripe from 'stripe'
import {
  type Order,
  PaymentError,
  type PaymentEvent,
  type Payments,
  SUBSCRIPTION_STATES,
  type SubscriptionState,
} from '../../ports/payments.ts'

export interface StripeOptions {
  apiKey: string
  webhookSecret: string
  /** Instead of Stripe's own address: a double in tests. */
  origin?: URL
}

export function stripePayments({ apiKey, webhookSecret, origin }: StripeOptions): Payments {
  const stripe = new Stripe(apiKey, {
    maxNetworkRetries: 2,
    timeout: 20_000,
    telemetry: false,
    ...(origin && {
      host: origin.hostname,
      port: Number(origin.port),
      protocol: origin.protocol === 'http:' ? 'http' : 'https',
    }),
  })
  return {
    provider: 'stripe',
    async checkout(order) {
      try {
        const session = await stripe.checkout.sessions.create(sessionOf(order), {
          idempotencyKey: order.purchaseId,
        })
        return { ref: session.id, url: session.url }
      } catch (cause) {
        throw new PaymentError('unavailable', 'The payment provider cannot be reached.', { cause })
      }
    },
    read(body, signature) {
      let event: Stripe.Event
      try {
        event = stripe.webhooks.constructEvent(body, signature, webhookSecret)
      } catch (cause) {
        throw new PaymentError('signature', 'The signature of this webhook is wrong or too old.', { cause })
      }
      return eventOf(event)
    },
  }
}

function sessionOf(order: Order): Stripe.Checkout.SessionCreateParams {
  const { purchaseId, accountId, kind, item, priceId, customer, successUrl, cancelUrl } = order
  if (!priceId) throw new Error(`the ${kind} ${item} has no priceId`)
  const metadata = { purchaseId, accountId, kind, item }
  return {
    mode: kind === 'plan' ? 'subscription' : 'payment',
    line_items: [{ price: priceId, quantity: 1 }],
    client_reference_id: accountId,
    metadata,
    success_url: successUrl,
    cancel_url: cancelUrl,
    ...(customer && { customer }),
    ...(kind === 'plan' && { subscription_data: { metadata } }),
    ...(kind === 'pack' && !customer && { customer_creation: 'always' as const }),
  }
}

function eventOf(event: Stripe.Event): PaymentEvent | undefined {
  const base = { id: `stripe:${event.id}`, at: event.created * 1000 }
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded': {
      const { payment_status, metadata, customer } = event.data.object
      const purchaseId = metadata?.purchaseId
      // Completed is not paid: some ways to pay take days, and say so with a second event.
      if (!purchaseId || payment_status === 'unpaid') return undefined
      return { ...base, kind: 'purchase.paid', purchaseId, customer: idOf(customer) }
    }
    case 'checkout.session.expired':
    case 'checkout.session.async_payment_failed': {
      const purchaseId = event.data.object.metadata?.purchaseId
      return purchaseId ? { ...base, kind: 'purchase.expired', purchaseId } : undefined
    }
    case 'customer.subscription.created':
    case 'customer.subscription.updated':
    case 'customer.subscription.deleted':
      return subscriptionChanged(base, event.data.object, event.data.previous_attributes?.status)
    case 'invoice.paid':
      return periodPaid(base, event.data.object)
    default:
      return undefined
  }
}

function subscriptionChanged(
  base: { id: string; at: number },
  { id, metadata, customer, status, items }: Stripe.Subscription,
  previous: Stripe.Subscription.Status | undefined,
): PaymentEvent | undefined {
  const { accountId, item } = metadata
  const end = items.data[0]?.current_period_end
  if (!accountId || !item || end === undefined) return undefined
  return {
    ...base,
    kind: 'subscription.changed',
    accountId,
    plan: item,
    subscription: id,
    customer: idOf(customer) ?? '',
    status: statusOf(status),
    ...(previous !== undefined && { previous: statusOf(previous) }),
    currentPeriodEnd: end * 1000,
  }
}

/** A change in the middle of a period makes invoices too; only a period's beginning brings credits. */
function periodPaid(base: { id: string; at: number }, invoice: Stripe.Invoice): PaymentEvent | undefined {
  const { billing_reason, parent, id } = invoice
  if (billing_reason !== 'subscription_create' && billing_reason !== 'subscription_cycle') return undefined
  const { accountId, item } = parent?.subscription_details?.metadata ?? {}
  if (!accountId || !item || !id) return undefined
  return { ...base, kind: 'period.paid', accountId, plan: item, invoice: `stripe:${id}` }
}

function statusOf(status: Stripe.Subscription.Status): SubscriptionState {
  const same = SUBSCRIPTION_STATES.find((each) => each === status)
  return same ?? (status === 'incomplete_expired' ? 'canceled' : 'unpaid')
}

const idOf = (value: string | { id: string } | null): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null)

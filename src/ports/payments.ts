/** Somebody who takes money: a hosted checkout, and events that tell what became of it. */
export interface Payments {
  readonly provider: string
  /** Prepares a purchase. @throws PaymentError where the provider cannot be reached or refuses */
  checkout(order: Order): Promise<Checkout>
  /**
   * What a webhook's body says; undefined: nothing that concerns credits.
   * @throws PaymentError `signature` where the provider did not send it
   */
  read(body: Buffer, signature: string): PaymentEvent | undefined
}

export interface Order {
  purchaseId: string
  accountId: string
  kind: 'plan' | 'pack'
  /** Id in the catalogue. */
  item: string
  priceId: string | undefined
  /** The provider's name of the account, where it has one. */
  customer: string | null
  successUrl: string
  cancelUrl: string
}

export interface Checkout {
  /** The provider's name of the purchase. */
  ref: string
  /** Where to pay; null: nowhere, the operator says when it is paid. */
  url: string | null
}

export const SUBSCRIPTION_STATES = ['trialing', 'active', 'canceled', 'past_due', 'unpaid'] as const
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number]

interface EventBase {
  /** The provider's id of the event: the same one is applied once. */
  id: string
  /** Epoch ms. */
  at: number
}

export type PaymentEvent =
  | (EventBase & { kind: 'purchase.paid'; purchaseId: string; customer: string | null })
  | (EventBase & { kind: 'purchase.expired'; purchaseId: string })
  | (EventBase & {
      kind: 'subscription.changed'
      accountId: string
      plan: string
      subscription: string
      customer: string
      status: SubscriptionState
      /** What it was before this change; undefined: the change was another one, or its beginning. */
      previous?: SubscriptionState | undefined
      /** Epoch ms. */
      currentPeriodEnd: number
    })
  /** A plan's period was paid: its first, or another. `invoice` names it. */
  | (EventBase & { kind: 'period.paid'; accountId: string; plan: string; invoice: string })

export class PaymentError extends Error {
  readonly code: 'signature' | 'unavailable'
  constructor(code: 'signature' | 'unavailable', message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PaymentError'
    this.code = code
  }
}

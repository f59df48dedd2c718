import {
  checkoutBody,
  checkoutReply,
  createKeyBody,
  createKeyReply,
  creditsReply,
  keyReply,
  ledgerQuery,
  ledgerReply,
  listKeysReply,
  listPurchasesReply,
  plansReply,
  usageQuery,
  usageReply,
} from '../../contract/account.ts'
import { created, json, type Operation, ok } from './operation.ts'

const common = { errors: 'Soku', security: ['bearer', 'sokuApiKey'] } as const
const keys = { ...common, tag: 'Keys' }
const credits = { ...common, tag: 'Credits' }

export const accountOperations: Operation[] = [
  {
    ...keys,
    method: 'post',
    path: '/v1/api-keys',
    summary: 'Makes a key, which is shown this once',
    body: json(createKeyBody),
    replies: created(createKeyReply),
  },
  {
    ...keys,
    method: 'get',
    path: '/v1/api-keys',
    summary: 'Lists the keys',
    replies: ok(listKeysReply),
  },
  {
    ...keys,
    method: 'delete',
    path: '/v1/api-keys/{id}',
    summary: 'Revokes a key, at once and everywhere',
    replies: ok(keyReply),
  },
  {
    ...credits,
    method: 'get',
    path: '/v1/credits',
    summary: 'What there is, what is held, what may be spent',
    replies: ok(creditsReply),
  },
  {
    ...credits,
    method: 'get',
    path: '/v1/credits/ledger',
    summary: 'Every movement of credits, the newest first',
    query: ledgerQuery,
    replies: ok(ledgerReply),
  },
  {
    ...credits,
    method: 'get',
    path: '/v1/usage',
    summary: 'What was used, by day, key and source',
    query: usageQuery,
    replies: ok(usageReply),
  },
  {
    ...credits,
    method: 'get',
    path: '/v1/plans',
    summary: 'Plans and packs of credits',
    replies: ok(plansReply),
  },
  {
    ...credits,
    method: 'post',
    path: '/v1/checkout',
    summary: 'Begins the purchase of a plan or a pack',
    body: json(checkoutBody),
    replies: created(checkoutReply),
  },
  {
    ...credits,
    method: 'get',
    path: '/v1/purchases',
    summary: 'Lists purchases',
    replies: ok(listPurchasesReply),
  },
  {
    ...credits,
    method: 'post',
    path: '/v1/payments/webhook',
    summary: 'What the payment provider tells; its signature is what counts',
    security: [],
    headers: { 'Stripe-Signature': { description: 'Of the bytes of the body.', required: true } },
    body: json({ json: { type: 'object' } }),
    replies: ok({
      json: {
        type: 'object',
        properties: { received: { const: true }, applied: { type: 'boolean' } },
        required: ['received', 'applied'],
      },
    }),
  },
]

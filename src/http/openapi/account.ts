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
const keys = { ...common, tag: 'Keys' } as const
const credits = { ...common, tag: 'Credits' } as const

export const accountOperations: Operation[] = [
  {
    ...keys,
    method: 'post',
    path: '/v1/api-keys',
    summary: 'Create an API key',
    description:
      'The key itself is shown once, in this answer. It can have fewer scopes than the key that creates it, never more.',
    body: json(createKeyBody),
    replies: created(createKeyReply),
  },
  {
    ...keys,
    method: 'get',
    path: '/v1/api-keys',
    summary: 'List API keys',
    description: 'All keys of the account, also revoked and expired ones, with a preview of each.',
    replies: ok(listKeysReply),
  },
  {
    ...keys,
    method: 'delete',
    path: '/v1/api-keys/{id}',
    summary: 'Revoke an API key',
    description: 'The key is refused from now on, on every machine.',
    replies: ok(keyReply),
  },
  {
    ...credits,
    method: 'get',
    path: '/v1/credits',
    summary: 'Get the balance',
    description:
      'Credits that are posted, held by work in progress (`pending`), and `available` for new work; the plan and its period.',
    replies: ok(creditsReply),
  },
  {
    ...credits,
    method: 'get',
    path: '/v1/credits/ledger',
    summary: 'List ledger entries',
    description: 'Every movement of credits, newest first.',
    query: ledgerQuery,
    replies: ok(ledgerReply),
  },
  {
    ...credits,
    method: 'get',
    path: '/v1/usage',
    summary: 'Get usage',
    description: 'Transcriptions, seconds and credits by day, key and source.',
    query: usageQuery,
    replies: ok(usageReply),
  },
  {
    ...credits,
    method: 'get',
    path: '/v1/plans',
    summary: 'List plans and packs',
    description: 'What the operator offers, and which of it can be bought here. Any key may ask.',
    replies: ok(plansReply),
  },
  {
    ...credits,
    method: 'post',
    path: '/v1/checkout',
    summary: 'Start a purchase',
    description:
      'Starts buying a plan or a pack, and answers with the address to pay at. Without a payment provider, `url` is null and the operator confirms the payment.',
    headers: {
      'Idempotency-Key': { description: 'At most 255 characters. The same key and body begin one purchase.' },
    },
    body: json(checkoutBody),
    replies: created(checkoutReply),
  },
  {
    ...credits,
    method: 'get',
    path: '/v1/purchases',
    summary: 'List purchases',
    description: 'What was bought, is waiting to be paid, or has expired.',
    replies: ok(listPurchasesReply),
  },
  {
    ...credits,
    method: 'post',
    path: '/v1/payments/webhook',
    summary: 'Receive a payment event',
    description:
      'For the payment provider (Stripe). The request is authenticated by its signature, and each event counts once.',
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

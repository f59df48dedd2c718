import { type Example, IDS } from '../example.ts'

export const accountExamples: Record<string, Example> = {
  'POST /v1/api-keys': { json: { name: 'phone app', scopes: ['transcribe', 'media'] } },
  'GET /v1/api-keys': {},
  'DELETE /v1/api-keys/{id}': { path: { id: IDS.key } },
  'GET /v1/credits': {
    typescript: `import { Earshot } from 'earshot/client'

const earshot = new Earshot({ baseUrl: 'http://localhost:8080', apiKey: process.env.EARSHOT_KEY })

const { available, pending } = await earshot.credits()
console.log(available, pending)`,
  },
  'GET /v1/credits/ledger': { query: { limit: '20' } },
  'GET /v1/usage': {},
  'GET /v1/plans': {},
  'POST /v1/checkout': { json: { plan: 'pro' } },
  'GET /v1/purchases': {},
}

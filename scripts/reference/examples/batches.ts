import { type Example, IDS } from '../example.ts'

const one = { path: { id: IDS.batch } }

export const batchExamples: Record<string, Example> = {
  'POST /v1/batches': {
    json: { name: 'Greetings', language: 'en', items: [{ mediaId: IDS.media, customId: 'hello' }] },
  },
  'POST /v1/batches/preview': { json: { language: 'en', items: [{ mediaId: IDS.media }] } },
  'GET /v1/batches': { query: { limit: '10' } },
  'GET /v1/batches/{id}': one,
  'GET /v1/batches/{id}/items': { ...one, query: { limit: '100' } },
  'DELETE /v1/batches/{id}': one,
}

import { type Example, IDS } from '../example.ts'

const one = { path: { id: IDS.subscription } }

export const subscriptionExamples: Record<string, Example> = {
  'POST /v1/subscriptions': { json: { url: IDS.feed, everyMinutes: 60, language: 'en' } },
  'GET /v1/subscriptions': { query: { limit: '10' } },
  'GET /v1/subscriptions/{id}': one,
  'PATCH /v1/subscriptions/{id}': { ...one, json: { everyMinutes: 120 } },
  'DELETE /v1/subscriptions/{id}': one,
  'POST /v1/subscriptions/{id}/look': one,
  'GET /v1/subscriptions/{id}/entries': { ...one, query: { limit: '10' } },
}

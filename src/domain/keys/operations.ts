import type { Scope } from '../context.ts'
import { SCOPES } from '../context.ts'

/**
 * What a key must be allowed to for each operation: all of these scopes, or one of `anyOf`. `free`: any key, for
 * what says nothing about the account. One table over all of them, so that none is forgotten: what is not in it
 * needs every scope. The dashboard's operations are the same ones; its people have scopes by their role.
 */
export type Needs = 'free' | readonly Scope[] | { anyOf: readonly Scope[] }

/** Who makes transcriptions may read one by its id; to see which there are takes the library. */
const ONE: Needs = { anyOf: ['library', 'transcribe'] }

const NATIVE = {
  'GET /capabilities': 'free',
  'POST /transcriptions': ['transcribe'],
  'GET /transcriptions': ['library'],
  'GET /transcriptions/facets': ['library'],
  'POST /transcriptions/delete': ['transcribe'],
  'POST /transcriptions/tags': ['transcribe'],
  'POST /transcriptions/bin': ['transcribe'],
  'POST /transcriptions/restore': ['transcribe'],
  'GET /deletions': ['library'],
  'GET /retention': ['library'],
  'PUT /retention': ['transcribe', 'media', 'keys'],
  'GET /transcriptions/:id': ONE,
  'PATCH /transcriptions/:id': ['transcribe'],
  'DELETE /transcriptions/:id': ['transcribe'],
  'GET /transcriptions/:id/changes': ONE,
  'POST /transcriptions/:id/changes': ['transcribe'],
  'GET /transcriptions/:id/events': ONE,
  'GET /transcriptions/:id/waveform': ONE,
  'GET /transcriptions/:id/speakers': ONE,
  'POST /transcriptions/:id/speakers': ['transcribe'],
  'GET /transcriptions/:id/comments': ONE,
  'POST /transcriptions/:id/comments': ['transcribe'],
  'POST /transcriptions/:id/comments/:commentId/replies': ['transcribe'],
  'PATCH /transcriptions/:id/comments/:commentId': ['transcribe'],
  'DELETE /transcriptions/:id/comments/:commentId': ['transcribe'],
  'GET /transcriptions/:id/video': ONE,
  'POST /transcriptions/:id/video': ['transcribe', 'media'],
  'DELETE /transcriptions/:id/video': ['transcribe'],
  'GET /transcriptions/:id/video/content': ['transcribe', 'media'],
  'GET /transcriptions/:id/shares': ['transcribe'],
  'POST /transcriptions/:id/shares': ['transcribe'],
  'DELETE /transcriptions/:id/shares/:shareId': ['transcribe'],
  'POST /batches': ['transcribe'],
  'POST /batches/preview': ['transcribe'],
  'GET /batches': ['library'],
  'GET /batches/:id': ONE,
  'DELETE /batches/:id': ['transcribe'],
  'GET /batches/:id/items': ONE,
  'POST /subscriptions': ['transcribe'],
  'GET /subscriptions': ['library'],
  'GET /subscriptions/:id': ONE,
  'PATCH /subscriptions/:id': ['transcribe'],
  'DELETE /subscriptions/:id': ['transcribe'],
  'POST /subscriptions/:id/look': ['transcribe'],
  'GET /subscriptions/:id/entries': ONE,
  'GET /media': ['media'],
  'GET /media/:id': ['media'],
  'DELETE /media/:id': ['media'],
  'GET /media/:id/content': ['media'],
  'OPTIONS /uploads': 'free',
  'POST /uploads': ['media'],
  'GET /uploads/:id': ['media'],
  'POST /uploads/:id': ['media'],
  'PATCH /uploads/:id': ['media'],
  'DELETE /uploads/:id': ['media'],
  'GET /vocabulary': ['transcribe'],
  'PUT /vocabulary': ['transcribe'],
  'GET /vocabulary/suggestions': ['library', 'transcribe'],
  'GET /webhooks': ['webhooks'],
  'POST /webhooks': ['webhooks'],
  'GET /webhooks/:id': ['webhooks'],
  'PATCH /webhooks/:id': ['webhooks'],
  'DELETE /webhooks/:id': ['webhooks'],
  'POST /webhooks/:id/rotate': ['webhooks'],
  'POST /webhooks/:id/test': ['webhooks'],
  'GET /webhooks/:id/deliveries': ['webhooks'],
  'POST /webhooks/:id/deliveries/:deliveryId/replay': ['webhooks'],
  'GET /post-accounts': ['posts'],
  'POST /post-accounts': ['posts'],
  'POST /post-accounts/:id/test': ['posts'],
  'DELETE /post-accounts/:id': ['posts'],
  'POST /transcriptions/:id/drafts': ['posts', 'library'],
  'GET /drafts': ['posts'],
  'POST /drafts': ['posts'],
  'GET /drafts/:id': ['posts'],
  'PATCH /drafts/:id': ['posts'],
  'DELETE /drafts/:id': ['posts'],
  'POST /drafts/:id/publish': ['posts'],
  'GET /posts': ['posts'],
  'DELETE /posts/:id': ['posts'],
  'POST /posts/:id/retry': ['posts'],
  'GET /posts/:id/attempts': ['posts'],
} as const satisfies Record<string, Needs>

const ACCOUNT = {
  'GET /api-keys': ['keys'],
  'POST /api-keys': ['keys'],
  'DELETE /api-keys/:id': ['keys'],
  'GET /credits': ['credits'],
  'GET /credits/ledger': ['credits'],
  'GET /usage': ['credits'],
  'GET /plans': 'free',
  'POST /checkout': ['credits'],
  'GET /purchases': ['credits'],
} as const satisfies Record<string, Needs>

/** Without a prefix: under `/v1`, and under `/api/dashboard`. */
const SHARED: Record<string, Needs> = { ...NATIVE, ...ACCOUNT }

const OWN: Record<string, Needs> = {
  'POST /v1/ai/transcribe': ['transcribe'],
  'POST /v1/media': ['media'],
  'POST /v1/posts': ['posts'],
  'GET /v1/posts/:id': ['posts'],
  'POST /v1/audio/transcriptions': ['transcribe', 'media'],
  'POST /v1/audio/translations': ['transcribe', 'media'],
  'GET /v1/models': 'free',
  'GET /v1/models/:model': 'free',
  'GET /v1/models/:model/:name': 'free',
  'POST /v1/listen': ['transcribe', 'media'],
  // Each of its tools asks the API, which looks at the key.
  'POST /mcp': 'free',
  'GET /mcp': 'free',
  'DELETE /mcp': 'free',
  'POST /asr': ['transcribe', 'media'],
  'POST /detect-language': ['transcribe', 'media'],
  'POST /inference': ['transcribe', 'media'],
  'POST /api/public/transcribe': ['transcribe'],
  'GET /api/public/library': ['library'],
  'GET /api/public/library/:id': ['library'],
  'DELETE /api/public/library/:id': ['library', 'transcribe'],
}

/** @param route method and pattern, like `GET /v1/media/:id`. Undefined: the table does not name it. */
export function needsOf(route: string): Needs | undefined {
  const asked = route.replace('HEAD /', 'GET /').replace(' /openai/v1/', ' /v1/')
  return OWN[asked] ?? SHARED[asked.replace(' /v1/', ' /').replace(' /api/dashboard/', ' /')]
}

/** Whether these scopes will do. */
export function suffices(scopes: readonly Scope[], needs: Needs): boolean {
  if (needs === 'free') return true
  if ('anyOf' in needs) return needs.anyOf.some((scope) => scopes.includes(scope))
  return needs.every((scope) => scopes.includes(scope))
}

/** Those that are missing, for a message: all of them, or the ones of which one would do. */
export function missingScopes(scopes: readonly Scope[], needs: Exclude<Needs, 'free'>): readonly Scope[] {
  return 'anyOf' in needs ? needs.anyOf : needs.filter((scope) => !scopes.includes(scope))
}

/** Of what the table does not name, only a key that may do everything has the use. */
export const UNNAMED: Needs = SCOPES

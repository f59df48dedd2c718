import type { KEY_SCOPES } from '../../../../src/contract/account.ts'

export type Scope = (typeof KEY_SCOPES)[number]

/** What a key may do, in words. */
export const SCOPES: Record<Scope, { label: string; says: string }> = {
  transcribe: { label: 'Transcribe', says: 'Start transcriptions, which cost credits.' },
  media: { label: 'Media', says: 'Upload, list and remove media files.' },
  library: { label: 'Library', says: 'Read, edit and remove transcripts.' },
  keys: { label: 'API keys', says: 'Make and revoke keys.' },
  credits: { label: 'Credits', says: 'See the balance, the statement and the usage.' },
  webhooks: { label: 'Webhooks', says: 'Set up webhooks and read their deliveries.' },
  posts: { label: 'Posts', says: 'Connect accounts on other platforms and post to them.' },
}

export const scopeLabel = (scope: string): string =>
  Object.hasOwn(SCOPES, scope) ? SCOPES[scope as Scope].label : scope

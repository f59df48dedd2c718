import type { KEY_SCOPES } from '../../../../src/contract/account.ts'
import { translator } from '../../i18n/catalogue.ts'

export type Scope = (typeof KEY_SCOPES)[number]

// The contract’s own list would bring all of its schemas.
export const SCOPES = Object.keys({
  transcribe: true,
  media: true,
  library: true,
  keys: true,
  credits: true,
  webhooks: true,
  posts: true,
} satisfies Record<Scope, true>) as Scope[]

/** What a key may do, in a word. */
export function scopeLabel(scope: string): string {
  const known = SCOPES.find((each) => each === scope)
  return known ? translator('keys')(`scopes.${known}.label`) : scope
}

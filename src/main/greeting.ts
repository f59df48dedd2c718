import { fileURLToPath } from 'node:url'
import { createAccount } from '../domain/accounts/create.ts'
import { ownerToken } from '../domain/users/invite.ts'
import type { Base } from './compose.ts'

const FIRST_CREDITS = 1000

const sample = fileURLToPath(new URL('../../samples/hello.flac', import.meta.url))

interface Page {
  /** As people reach it. */
  origin: string
  exists: boolean
}

/**
 * Tells where the server is; the first time it makes an account, and shows its key this once. In one piece:
 * who reads the output sees all of it or nothing.
 */
export async function greet(base: Base, origin: string, page: Page): Promise<void> {
  const any = await base.db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()
  const parts = [`\nEarshot listens on ${origin}\n`]
  if (!any) parts.push(await firstAccount(base, origin))
  if (page.exists) parts.push(await dashboard(base, page.origin))
  console.log(parts.join('\n'))
}

async function firstAccount(base: Base, origin: string): Promise<string> {
  const { apiKey } = await createAccount(base, { name: 'owner', credits: FIRST_CREDITS })
  return `A first account is ready, with ${FIRST_CREDITS} credits. Its API key, shown only now:

    ${apiKey}

Try it:

    curl -sS ${origin}/v1/audio/transcriptions -H 'Authorization: Bearer ${apiKey}' -F file=@'${sample}' -F model=whisper-1
`
}

/** Until somebody has a login, each start shows a link that makes the first one, and ends the one before. */
async function dashboard(base: Base, origin: string): Promise<string> {
  const token = await ownerToken(base)
  if (token === undefined) return `The dashboard: ${origin}\n`
  return `The dashboard; this link makes your login, and works once:

    ${origin}/join#${token}
`
}

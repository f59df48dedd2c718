import { fileURLToPath } from 'node:url'
import { createAccount } from '../domain/accounts/create.ts'
import type { Base } from './compose.ts'

const FIRST_CREDITS = 1000

const sample = fileURLToPath(new URL('../../samples/hello.flac', import.meta.url))

/** Tells where the server is; the first time it makes an account, and shows its key this once. */
export async function greet(base: Base, origin: string): Promise<void> {
  console.log(`\nEarshot listens on ${origin}`)
  const any = await base.db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()
  if (any) return
  const { apiKey } = await createAccount(base, { name: 'owner', credits: FIRST_CREDITS })
  console.log(`
A first account is ready, with ${FIRST_CREDITS} credits. Its API key, shown only now:

    ${apiKey}

Try it:

    curl -sS ${origin}/v1/audio/transcriptions -H 'Authorization: Bearer ${apiKey}' -F file=@'${sample}' -F model=whisper-1
`)
}

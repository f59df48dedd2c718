/** Who may hear parts for this server: an operator makes tokens, and takes them back. */
import { randomBytes } from 'node:crypto'
import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { hashKey } from '../keys/rules.ts'
import type { RunnerRow, RunnerSays } from './table.ts'

export interface NewRunner {
  name: string
  models?: readonly string[] | undefined
  accounts?: readonly string[] | undefined
}

/**
 * The token is shown this once.
 * @throws DomainError `request.invalid`, `resource.not_found`
 */
export async function createRunner(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { name, models, accounts }: NewRunner,
): Promise<{ runnerId: string; token: string }> {
  await requireAccounts(db, accounts ?? [])
  const token = `rt_${randomBytes(24).toString('base64url')}`
  const row: RunnerRow = {
    id: newId('run'),
    name,
    hash: hashKey(token),
    preview: `${token.slice(0, 6)}...${token.slice(-3)}`,
    models: models ? JSON.stringify(models) : null,
    accounts: accounts ? JSON.stringify(accounts) : null,
    created_at: clock.now(),
    revoked_at: null,
    seen_at: null,
    says: null,
    parts: 0,
    heard_ms: 0,
    fault: null,
    paused_until: null,
  }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('runners')
    .values(row)
    .onConflict((c) => c.column('name').doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n)
    throw new DomainError('request.invalid', `name: there is, or was, a runner “${name}” already.`, {
      field: 'name',
      reason: 'taken',
    })
  return { runnerId: row.id, token }
}

async function requireAccounts(db: Deps['db'], ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const found = await db.selectFrom('accounts').select('id').where('id', '=', id).executeTakeFirst()
    if (!found) throw new DomainError('resource.not_found', `There is no account ${id}.`)
  }
}

/** At once: what it is hearing goes to others. @throws DomainError `resource.not_found` */
export async function revokeRunner({ db, clock }: Pick<Deps, 'db' | 'clock'>, id: string): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('runners')
    .set({ revoked_at: clock.now() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new DomainError('resource.not_found', `There is no runner ${id}.`)
}

/** @throws DomainError `key.missing`, `key.invalid`, `key.revoked` */
export async function runnerOf({ db }: Pick<Deps, 'db'>, token: string | undefined): Promise<RunnerRow> {
  if (token === undefined)
    throw new DomainError('key.missing', 'A runner’s token is wanted: Authorization: Bearer rt_…')
  const row = await db.selectFrom('runners').selectAll().where('hash', '=', hashKey(token)).executeTakeFirst()
  if (!row) throw new DomainError('key.invalid', 'There is no runner with this token.')
  if (row.revoked_at !== null) throw revoked()
  return row
}

const revoked = (): DomainError => new DomainError('key.revoked', 'The runner’s token was revoked.')

/** For who waits long. @throws DomainError `key.revoked` */
export async function requireCounting({ db }: Pick<Deps, 'db'>, id: string): Promise<void> {
  const row = await db.selectFrom('runners').select('revoked_at').where('id', '=', id).executeTakeFirst()
  if (row?.revoked_at !== null) throw revoked()
}

export interface RunnerView extends Pick<RunnerRow, 'id' | 'name' | 'preview' | 'fault' | 'parts'> {
  models: string[] | null
  accounts: string[] | null
  createdAt: number
  seenAt: number | null
  says: RunnerSays | null
  heardSeconds: number
  /** It asked within the last minute. */
  lives: boolean
}

/** It asks for parts, or says that it lives, more often than that. */
export const RUNNER_FRESH_MS = 60_000

/** Those whose tokens count. */
export async function listRunners({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<RunnerView[]> {
  const rows = await db
    .selectFrom('runners')
    .selectAll()
    .where('revoked_at', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map(
    ({ id, name, preview, fault, parts, heard_ms, created_at: createdAt, seen_at: seenAt, ...row }) => ({
      ...{ id, name, preview, fault, parts, createdAt, seenAt },
      models: row.models === null ? null : (JSON.parse(row.models) as string[]),
      accounts: row.accounts === null ? null : (JSON.parse(row.accounts) as string[]),
      says: row.says === null ? null : (JSON.parse(row.says) as RunnerSays),
      heardSeconds: heard_ms / 1000,
      lives: seenAt !== null && seenAt > clock.now() - RUNNER_FRESH_MS,
    }),
  )
}

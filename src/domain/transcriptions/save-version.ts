/**
 * What every way of editing a transcript has in common. A long one takes seconds to compute, in which no transaction
 * may be open: it is read, computed elsewhere, and stored if it is still what was read.
 */
import type { Elsewhere } from '../../ports/text-work.ts'
import type { Ctx, Deps } from '../context.ts'
import { lockRows } from '../lock-rows.ts'
import type { Db, Tx } from '../tables.ts'
import type { EDITING, Edited } from './editing.ts'
import { notFound } from './get.ts'
import { indexWords } from './index-text.ts'

export interface EditDeps extends Pick<Deps, 'db' | 'clock'> {
  texts: Elsewhere<typeof EDITING>
}

/** A transcript as it was read. */
export interface Seen {
  title: string | null
  version: number
  /** Undefined: there is none (yet). */
  stored: string | undefined
}

/** @throws DomainError `resource.not_found` */
export async function see(db: Db | Tx, accountId: string, id: string): Promise<Seen> {
  const row = await db
    .selectFrom('transcriptions as t')
    .leftJoin('transcript_edits as e', 'e.transcription_id', 't.id')
    .select(['t.title', 'e.version'])
    .select((eb) => eb.fn.coalesce('e.transcript', 't.transcript').as('stored'))
    .where('t.id', '=', id)
    .where('t.account_id', '=', accountId)
    .executeTakeFirst()
  if (!row) throw notFound(id)
  return { title: row.title, version: row.version ?? 0, stored: row.stored ?? undefined }
}

export async function originalOf(db: Db | Tx, id: string): Promise<string> {
  const { transcript } = await db
    .selectFrom('transcriptions')
    .select('transcript')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return transcript!
}

/** Holds it until the end of the transaction. False: it is not any more what was seen. @throws DomainError `resource.not_found` */
export async function lockAsSeen(tx: Tx, accountId: string, id: string, seen: Seen): Promise<boolean> {
  const row = await lockRows(
    tx.selectFrom('transcriptions').select('title').where('id', '=', id).where('account_id', '=', accountId),
  ).executeTakeFirst()
  if (!row) throw notFound(id)
  const edit = await tx
    .selectFrom('transcript_edits')
    .select('version')
    .where('transcription_id', '=', id)
    .executeTakeFirst()
  return row.title === seen.title && (edit?.version ?? 0) === seen.version
}

interface NewVersion {
  /** Who saves it. */
  ctx: Pick<Ctx, 'accountId' | 'keyId' | 'userId'>
  id: string
  version: number
  changeId?: string
}

export async function saveVersion(
  tx: Tx,
  now: number,
  { ctx, id, version, changeId }: NewVersion,
  { transcript, changes, words }: Edited,
): Promise<void> {
  const by = ctx.userId ?? ctx.keyId
  const saved = { version, transcript, edited_by: by, edited_at: now }
  const bytes = Buffer.byteLength(changes)
  await tx
    .insertInto('transcript_edits')
    .values({ transcription_id: id, account_id: ctx.accountId, ...saved, history_bytes: bytes })
    .onConflict((c) =>
      c.column('transcription_id').doUpdateSet((eb) => ({
        ...saved,
        history_bytes: eb('transcript_edits.history_bytes', '+', bytes),
      })),
    )
    .execute()
  await tx
    .insertInto('transcript_changes')
    .values({
      transcription_id: id,
      version,
      change_id: changeId ?? null,
      changed_by: by,
      changed_at: now,
      changes,
    })
    .execute()
  await indexWords(tx, id, words)
}

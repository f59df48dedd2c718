import type { Ctx, Deps } from '../context.ts'
import { getUpload } from './get.ts'

/** Takes an upload back; a file that it became stays. @throws DomainError `resource.not_found` */
export async function removeUpload(deps: Pick<Deps, 'db' | 'media'>, ctx: Ctx, id: string): Promise<void> {
  await getUpload(deps, ctx, id)
  await dropUpload(deps, id)
}

/** Nothing is left of it. What is stored goes first: its row is how it is found. */
export async function dropUpload(deps: Pick<Deps, 'db' | 'media'>, id: string): Promise<void> {
  await deps.db
    .updateTable('uploads')
    .set({ error_code: 'upload.gone', error_message: 'The upload was taken back.' })
    .where('id', '=', id)
    .where('media_id', 'is', null)
    .where('error_code', 'is', null)
    .execute()
  await dropPieces(deps, id)
  await deps.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('upload_pieces').where('upload_id', '=', id).execute()
    await tx.deleteFrom('uploads').where('id', '=', id).execute()
  })
}

export async function dropPieces({ db, media }: Pick<Deps, 'db' | 'media'>, id: string): Promise<void> {
  const pieces = await db
    .selectFrom('upload_pieces')
    .select('storage_key')
    .where('upload_id', '=', id)
    .execute()
  for (const { storage_key } of pieces) {
    await media.remove(storage_key)
    await db.deleteFrom('upload_pieces').where('storage_key', '=', storage_key).execute()
  }
}

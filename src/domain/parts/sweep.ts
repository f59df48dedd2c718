import type { Deps } from '../context.ts'
import { removeStray } from '../media/strays.ts'
import { folderOf, PARTS_FOLDER } from './hand-over.ts'

/** Longer than a part takes to be stored. */
const SETTLED_MS = 10 * 60_000
const AT_ONCE = 500

/** Removes the sound of an ended transcription's parts, in whatever way it ended. */
export async function removePartSounds(
  deps: Pick<Deps, 'db' | 'media'>,
  transcriptionId: string,
): Promise<void> {
  const left = await deps.db
    .selectFrom('stray_files')
    .select('storage_key')
    .where('storage_key', 'like', `${folderOf(transcriptionId)}%`)
    .execute()
  for (const { storage_key } of left) await removeStray(deps, storage_key)
}

/** Removes the sound of parts that are gone and left it: of workers that died, and of a store that was away. */
export async function sweepPartSounds(deps: Pick<Deps, 'db' | 'clock' | 'media'>): Promise<void> {
  const left = await deps.db
    .selectFrom('stray_files as s')
    .select('s.storage_key')
    .where('s.storage_key', 'like', `${PARTS_FOLDER}%`)
    .where('s.since', '<=', deps.clock.now() - SETTLED_MS)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('open_parts as p').select('p.id').whereRef('p.storage_key', '=', 's.storage_key'),
        ),
      ),
    )
    .limit(AT_ONCE)
    .execute()
  for (const { storage_key } of left) await removeStray(deps, storage_key)
}

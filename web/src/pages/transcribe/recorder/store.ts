/**
 * Recordings in the browser’s own store, piece by piece while they are made: a crash, a closed tab or an empty battery
 * loses a second at most. They stay there until the server has them, or somebody deletes them.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

export interface Recording {
  id: string
  /** Whose it is: others who log in with this browser do not see it. */
  userId: string
  /** The file that it becomes. */
  name: string
  type: string
  /** Epoch ms. */
  startedAt: number
  /** Recorded so far, without pauses. */
  seconds: number
  /** That can be read: a browser that is killed leaves half a block behind them. */
  bytes: number
}

interface Schema extends DBSchema {
  recordings: { key: string; value: Recording }
  /** By recording and number. As bytes, since Safari has lost Blobs that were stored. */
  pieces: { key: [string, number]; value: ArrayBuffer }
}

/** What react-query calls them. */
export const RECORDINGS = ['recordings']

/** Read at once: some minutes of sound. */
const BATCH = 300

let opening: Promise<IDBPDatabase<Schema>> | undefined

/** @throws where the browser keeps nothing, as some private windows */
function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('earshot-recordings', 1, {
    upgrade(db) {
      db.createObjectStore('recordings', { keyPath: 'id' })
      db.createObjectStore('pieces')
    },
    terminated() {
      opening = undefined
    },
  })
  opening.catch(() => {
    opening = undefined
  })
  return opening
}

/** @param recording as it is with this piece @param number from 0 @throws where the browser has no room */
export async function addPiece(recording: Recording, number: number, bytes: ArrayBuffer): Promise<void> {
  const db = await database()
  // On the disk before it counts as kept, also if the machine loses its power.
  const transaction = db.transaction(['recordings', 'pieces'], 'readwrite', { durability: 'strict' })
  await Promise.all([
    transaction.objectStore('recordings').put(recording),
    transaction.objectStore('pieces').put(bytes, [recording.id, number]),
    transaction.done,
  ])
}

/** The newest first. None where the browser keeps nothing. */
export async function allRecordings(): Promise<Recording[]> {
  try {
    const all = await (await database()).getAll('recordings')
    return all.sort((a, b) => b.startedAt - a.startedAt)
  } catch {
    return []
  }
}

/** The same each time: an upload that was begun recognises it. @param rest what was recorded but could not be kept */
export async function fileOf(recording: Recording, rest: readonly ArrayBuffer[] = []): Promise<File> {
  const { id, name, type, startedAt, bytes } = recording
  const kept = new Blob(bytes > 0 ? await piecesOf(id) : [])
  const parts = rest.length > 0 ? [kept, ...rest] : [kept.slice(0, bytes)]
  return new File(parts, name, { type, lastModified: startedAt })
}

async function piecesOf(id: string): Promise<Blob[]> {
  const db = await database()
  const found: Blob[] = []
  for (let from = 0; ; from += BATCH) {
    const range = IDBKeyRange.bound([id, from], [id, from + BATCH], false, true)
    const pieces = await db.getAll('pieces', range)
    // A Blob may lie on the disk: hours of sound need not be in memory at once.
    found.push(new Blob(pieces))
    if (pieces.length < BATCH) return found
  }
}

export async function removeRecording(id: string): Promise<void> {
  const db = await database()
  const transaction = db.transaction(['recordings', 'pieces'], 'readwrite')
  await Promise.all([
    transaction.objectStore('recordings').delete(id),
    transaction.objectStore('pieces').delete(IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER])),
    transaction.done,
  ])
}

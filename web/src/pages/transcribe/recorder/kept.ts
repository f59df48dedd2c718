/** Recordings of earlier: of a browser that crashed, of a tab that was closed, or not sent yet. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { queryClient } from '../../../query-client.ts'
import { useSession } from '../../../session.ts'
import type { Chosen } from '../chosen.ts'
import type { Upload } from '../uploads/upload.ts'
import { addFiles, useUploads } from '../uploads/uploads.ts'
import { heldElsewhere, hold } from './in-use.ts'
import { allRecordings, fileOf, RECORDINGS, type Recording, removeRecording } from './store.ts'
import { isUploadOf } from './uploaded.ts'

/** Those that nobody has in hand: not being made, chosen or sent, here or in another tab. */
export function useKept(chosen: readonly Chosen[]): readonly Recording[] {
  const { user, account } = useSession()
  const uploads = useUploads()
  const { data: recordings = [] } = useQuery({
    queryKey: [...RECORDINGS, user.id],
    queryFn: async () => {
      const elsewhere = await heldElsewhere()
      const all = await allRecordings()
      return all.filter(({ id, userId }) => userId === user.id && !elsewhere.has(id))
    },
    // It asks no server.
    networkMode: 'always',
  })
  const uploadOf = (recording: Recording): Upload | undefined =>
    uploads.find(({ id }) => isUploadOf(account.id, recording, id))
  const left = recordings.filter((recording) => uploadOf(recording)?.state === 'left')
  useGoOn(left)
  const isChosen = ({ name, startedAt }: Recording): boolean =>
    chosen.some(({ file }) => file.name === name && file.lastModified === startedAt)
  return recordings.filter((recording) => !isChosen(recording) && !uploadOf(recording))
}

const resumed = new Set<string>()

/** Uploads that stopped with their page go on by themselves: unlike other files, these are at hand. */
function useGoOn(left: readonly Recording[]): void {
  useEffect(() => {
    for (const recording of left.filter(({ id }) => !resumed.has(id))) {
      resumed.add(recording.id)
      void take(recording).then((file) => file && addFiles([{ file, length: recording.seconds }], {}))
    }
  }, [left])
}

/** Its file, for this tab alone; undefined: another tab has taken it in the meantime. */
export async function take(recording: Recording): Promise<File | undefined> {
  if (await hold(recording.id)) return fileOf(recording)
  await renew()
  return undefined
}

export async function discard({ id }: Recording): Promise<void> {
  await removeRecording(id)
  await renew()
}

const renew = (): Promise<void> => queryClient.invalidateQueries({ queryKey: RECORDINGS })

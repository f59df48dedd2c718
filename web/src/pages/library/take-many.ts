/** Many transcripts as one file, and one as itself. Loaded when it is wanted: most visits take nothing away. */
import { Zip, ZipDeflate } from 'fflate'
import { api } from '../../api.ts'
import type { Format } from '../parts/format-names.ts'
import { saveAs } from '../parts/save-as.ts'
import { titleWords } from '../parts/words.ts'
import type { Item } from './data.ts'
import { fileNames } from './file-names.ts'

/** Requests at a time: so that nobody else of the server's users waits for it. */
const AT_ONCE = 3

/** @param tell how many are fetched @throws ApiError of the first that cannot be had: half of it is not what was wanted */
export async function takeMany(
  items: readonly Item[],
  format: Format,
  tell: (done: number) => void,
): Promise<void> {
  const names = fileNames(items.map(titleWords), format)
  const [first] = items
  if (first && items.length === 1) {
    const bytes = await api.bytes(pathOf(first, format))
    return saveAs(new Blob([bytes]), names[0] ?? first.id)
  }
  const chunks: Uint8Array<ArrayBuffer>[] = []
  // File by file, here: a worker of its own would need a hole in the Content-Security-Policy.
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    chunks.push(chunk as Uint8Array<ArrayBuffer>)
  })
  const waiting = items.entries()
  let done = 0
  const work = async (): Promise<void> => {
    for (const [k, item] of waiting) {
      const bytes = await api.bytes(pathOf(item, format))
      const file = new ZipDeflate(names[k] ?? item.id)
      file.mtime = item.finishedAt ?? item.createdAt
      zip.add(file)
      file.push(bytes, true)
      tell(++done)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  zip.end()
  saveAs(new Blob(chunks, { type: 'application/zip' }), `transcripts-${format}.zip`)
}

const pathOf = ({ id }: Item, format: Format): string => `/transcriptions/${id}.${format}`

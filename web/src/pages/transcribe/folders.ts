import { isCode, isHidden, isMediaName, mayBeCode } from '../../../../src/contract/media-names.ts'

/** A file as it was dropped or chosen. */
export interface Dropped {
  file: File
  /** Below what was dropped: `interviews/day 1/anna.m4a`; only its name where it was no folder. */
  path: string
}

export interface Sorted {
  taken: Dropped[]
  /** Of folders: what is no audio or video, or empty. Hidden files go unsaid. */
  leftOut: Dropped[]
}

/** Of a folder only media is taken. A file that was dropped or chosen itself always is: what it is the server says. */
export async function sortOut(files: readonly File[]): Promise<Sorted> {
  const sorted: Sorted = { taken: [], leftOut: [] }
  for (const file of files) {
    const path = pathOf(file)
    const dropped = { file, path }
    if (!path.includes('/')) sorted.taken.push(dropped)
    else if (isHidden(path)) continue
    else if (file.size > 0 && (await isMedia(file))) sorted.taken.push(dropped)
    else sorted.leftOut.push(dropped)
  }
  return sorted
}

async function isMedia(file: File): Promise<boolean> {
  if (mayBeCode(file.name)) return !isCode(new Uint8Array(await file.slice(0, 5).arrayBuffer()))
  return isMediaName(file.name) || /^(audio|video)\//.test(file.type)
}

/** What is dropped has a `path`, which the library sets; what a browser lets one choose has its own. */
function pathOf(file: File & { path?: string }): string {
  const path = file.webkitRelativePath || file.path || file.name
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}

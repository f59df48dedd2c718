/** A repository of the hub: its name, what it holds at a commit, and what of it a model needs. */
import { z } from 'zod'
import { ModelError } from '../../ports/model-library.ts'
import { unlessAborted } from '../unless-aborted.ts'
import type { Expected } from './download.ts'
import { isTrouble, reasonOf, refusal, SourceError } from './refusal.ts'
import type { ModelSource } from './source.ts'

export interface RepositoryId {
  /** `owner/name` */
  repository: string
  /** A branch, a tag, or a commit. */
  revision: string
}

const HUB_PAGE = /^https:\/\/huggingface\.co\//

/** `owner/name`, `owner/name@revision`, or the address of its page; undefined: it is none of these. */
export function parseRepositoryId(text: string): RepositoryId | undefined {
  const [path = '', revision = 'main', ...more] = text.replace(HUB_PAGE, '').replace(/\/+$/, '').split('@')
  const parts = path.split('/')
  const named = parts.length === 2 && parts.every((part) => /^[A-Za-z\d_][\w.-]*$/.test(part))
  if (!named || more.length > 0 || !/^[\w./-]+$/.test(revision)) return undefined
  return { repository: path, revision }
}

export interface ListedFile extends Expected {
  name: string
  bytes: number
}

export interface Listing {
  repository: string
  /** The commit that the revision is at the moment. */
  commit: string
  files: ListedFile[]
}

const listingSchema = z.object({
  sha: z.string().regex(/^[\da-f]{40}$/),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: z.number().optional(),
      blobId: z.string().optional(),
      lfs: z.object({ sha256: z.string(), size: z.number() }).optional(),
    }),
  ),
})

const MAX_LISTING_BYTES = 16 * 1024 * 1024
const LISTING_MS = 30_000

/** What the hub says of a repository's files. @throws ModelError */
export async function listRepository(
  source: ModelSource,
  { repository, revision }: RepositoryId,
  signal: AbortSignal,
): Promise<Listing> {
  const path = `api/models/${repository}/revision/${encodeURIComponent(revision)}?blobs=true`
  const text = await readText(source, path, AbortSignal.any([signal, AbortSignal.timeout(LISTING_MS)])).catch(
    (cause: unknown) => {
      signal.throwIfAborted()
      if (cause instanceof ModelError) throw cause
      throw new SourceError(
        `${source.host} does not say what ${repository} holds (${reasonOf(cause)}). EARSHOT_MODELS_URL names a mirror`,
        { cause },
      )
    },
  )
  const parsed = listingSchema.safeParse(jsonOf(text))
  if (!parsed.success)
    throw new SourceError(`${source.host} does not list ${repository} as the hub does (${path})`)
  const { sha, siblings } = parsed.data
  return {
    repository,
    commit: sha,
    files: siblings.flatMap(({ rfilename: name, size, blobId: blob, lfs }): ListedFile[] => {
      if (lfs) return [{ name, bytes: lfs.size, sha256: lfs.sha256 }]
      return size === undefined || blob === undefined ? [] : [{ name, bytes: size, blob }]
    }),
  }
}

async function readText(source: ModelSource, path: string, signal: AbortSignal): Promise<string> {
  const answer = await unlessAborted(source.get(path, 0, signal), signal)
  if (answer.status !== 200) {
    answer.body.destroy()
    if (isTrouble(answer.status)) throw new Error(`${source.host} answered ${answer.status}`)
    throw refusal(source.host, path, answer)
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer.body) {
    bytes += (chunk as Buffer).length
    if (bytes > MAX_LISTING_BYTES) throw new Error('the list is too long')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

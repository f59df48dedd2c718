import type { Readable } from 'node:stream'
import { DataStore, MemoryLocker, Server, Upload } from '@tus/server'
import type { Ctx } from '../../../domain/context.ts'
import { appendToUpload } from '../../../domain/uploads/append.ts'
import { createUpload } from '../../../domain/uploads/create.ts'
import { getUpload, requireAlive } from '../../../domain/uploads/get.ts'
import { removeUpload } from '../../../domain/uploads/remove.ts'
import type { UploadRow } from '../../../domain/uploads/tables.ts'
import type { HttpDeps } from '../../context.ts'

export { MemoryLocker, Server }

/** What the tus server needs of a store, for one account: the verbs of uploads under its names. */
export class TusStore extends DataStore {
  readonly #deps: HttpDeps
  readonly #ctx: Ctx

  constructor(deps: HttpDeps, ctx: Ctx) {
    super()
    this.extensions = ['creation', 'creation-with-upload', 'expiration', 'termination']
    this.#deps = deps
    this.#ctx = ctx
  }

  override async create(upload: Upload): Promise<Upload> {
    const row = await createUpload(this.#deps, this.#ctx, {
      bytes: upload.size ?? 0,
      metadata: upload.metadata ?? {},
    })
    // The library makes the address of the upload from the object that it handed in.
    return Object.assign(upload, this.#present(row))
  }

  override async getUpload(id: string): Promise<Upload> {
    const row = await getUpload(this.#deps, this.#ctx, id)
    return this.#present(requireAlive(row, this.#deps.clock.now()))
  }

  override async write(body: Readable, id: string, offset: number): Promise<number> {
    return appendToUpload(this.#deps, await getUpload(this.#deps, this.#ctx, id), offset, body)
  }

  override async remove(id: string): Promise<void> {
    await removeUpload(this.#deps, this.#ctx, id)
  }

  override getExpiration(): number {
    return this.#deps.policy.uploadMs
  }

  #present({ id, bytes, received, metadata, expires_at }: UploadRow): Upload {
    return new Upload({
      id,
      size: bytes,
      offset: received,
      metadata: JSON.parse(metadata) as Record<string, string | null>,
      // The library counts an upload's time from its creation; ours begins again with every piece.
      creation_date: new Date(expires_at - this.getExpiration()).toISOString(),
    })
  }
}

import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  NoSuchKey,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { MediaMissing, type MediaStore, StorageAway } from '../../ports/media-store.ts'
import { counter } from './count.ts'
import { probeFolder } from './probe-folder.ts'
import { scratchFiles } from './scratch.ts'

export interface S3Options {
  /** `s3://bucket/prefix`. Region, keys and `AWS_ENDPOINT_URL` come from the environment, as with every S3 tool. */
  url: string
  /** Where files lie while ffmpeg reads them. */
  workDir: string
  /** How long the server may keep silent, ms. Default 15 s. */
  silenceMs?: number
}

/** Of each request, with growing pauses of random length between them. */
const TRIES = 4
/** A multipart upload that began before that is nobody's any more. */
const BROKEN_OFF_MS = 24 * 3_600_000

/**
 * Objects in a bucket that every machine can reach. Whatever the server refuses, but for an object that is not there,
 * is `StorageAway`: also a wrong key or a bucket that was removed is the operator's to mend, and no job's fault.
 */
export function s3MediaStore({ url, workDir, silenceMs = 15_000 }: S3Options): MediaStore {
  const { hostname: Bucket, pathname } = new URL(url)
  const prefix = pathname.replace(/^\/+|\/+$/g, '')
  const nameOf = (key: string): string => (prefix ? `${prefix}/${key}` : key)
  const client = new S3Client({
    // Servers that only resemble S3 know neither virtual hosts nor the newer checksums.
    forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: TRIES,
    requestHandler: { connectionTimeout: Math.min(5000, silenceMs), socketTimeout: silenceMs },
  })
  const scratch = scratchFiles(workDir)

  /** @throws MediaMissing; StorageAway; the signal's reason when aborted */
  async function ask<T>(request: Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await request
    } catch (cause) {
      signal?.throwIfAborted()
      throw cause instanceof NoSuchKey ? cause : new StorageAway(cause)
    }
  }

  async function bodyFrom(key: string, range: string | undefined, signal?: AbortSignal): Promise<Readable> {
    try {
      const command = new GetObjectCommand({ Bucket, Key: nameOf(key), Range: range })
      return (await ask(client.send(command, { abortSignal: signal }), signal)).Body as Readable
    } catch (error) {
      throw error instanceof NoSuchKey ? new MediaMissing(key) : error
    }
  }

  /** A body that breaks off, or keeps silent, is asked for again where it stopped. */
  async function* unbroken(
    first: Readable,
    again: (from: number) => Promise<Readable>,
    signal?: AbortSignal,
  ): AsyncGenerator<Buffer> {
    let body = first
    let got = 0
    for (let fruitless = 1; ; fruitless++) {
      try {
        for await (const chunk of body) {
          got += (chunk as Buffer).length
          fruitless = 0
          yield chunk as Buffer
        }
        return
      } catch (cause) {
        signal?.throwIfAborted()
        if (fruitless >= TRIES) throw new StorageAway(cause)
        body = await again(got)
      }
    }
  }

  async function get(
    key: string,
    { start, end }: { start: number; end?: number },
    signal?: AbortSignal,
  ): Promise<Readable> {
    const from = (at: number): Promise<Readable> =>
      // Not even the first byte is asked for by its number where all are wanted: an empty object has none.
      bodyFrom(
        key,
        start + at === 0 && end === undefined ? undefined : `bytes=${start + at}-${end ?? ''}`,
        signal,
      )
    return Readable.from(unbroken(await from(0), from, signal), { objectMode: false })
  }

  /**
   * An upload is ended once. Where the answer to that is lost, it is asked for again, and some servers know nothing of
   * the upload then, since the object is there. No two uploads have the same key.
   */
  async function wasEnded(error: unknown, key: string, bytes: number): Promise<boolean> {
    if ((error as Error).name !== 'NoSuchUpload') return false
    const object = await client
      .send(new HeadObjectCommand({ Bucket, Key: nameOf(key) }))
      .catch(() => undefined)
    return object?.ContentLength === bytes
  }

  return {
    async put(key, body, signal) {
      const count = counter()
      let fault: { cause: unknown } | undefined
      body.once('error', (cause) => {
        fault = { cause }
      })
      // Several parts, so that the length need not be known; S3 shows the object when it is whole.
      const upload = new Upload({ client, params: { Bucket, Key: nameOf(key), Body: count } })
      const stop = (): void => void upload.abort().catch(() => {})
      signal?.addEventListener('abort', stop, { once: true })
      try {
        const sent = upload.done()
        sent.catch(() => count.destroy()) // then the source ends too
        await Promise.all([sent, pipeline(body, count, { ...(signal && { signal }), end: true })])
        return count.result()
      } catch (error) {
        const result = count.result()
        if (await wasEnded(error, key, result.bytes)) return result
        await upload.abort().catch(() => {}) // `tidy` finds what this does not reach
        signal?.throwIfAborted()
        throw fault ? fault.cause : new StorageAway(error)
      } finally {
        signal?.removeEventListener('abort', stop)
      }
    },
    open: (key, range) => get(key, range ?? { start: 0 }),
    async local(key, signal) {
      const path = await scratch.path()
      const release = (): Promise<void> => rm(path, { force: true })
      try {
        await pipeline(await get(key, { start: 0 }, signal), createWriteStream(path))
        return { path, release }
      } catch (error) {
        await release()
        throw error
      }
    },
    async remove(key) {
      await ask(client.send(new DeleteObjectCommand({ Bucket, Key: nameOf(key) })))
    },
    free: async () => undefined,
    id: async () => `${process.env.AWS_ENDPOINT_URL ?? ''} ${url}`,
    async probe() {
      await Promise.all([
        ask(client.send(new HeadBucketCommand({ Bucket }))),
        // Without it nothing can be read here, and nothing be fetched.
        probeFolder(workDir),
      ])
    },
    async tidy(now) {
      await scratch.tidy()
      const { Uploads = [] } = await ask(
        client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: nameOf('') })),
      )
      for (const { Key, UploadId, Initiated } of Uploads)
        if (Initiated && Initiated.getTime() < now - BROKEN_OFF_MS)
          await ask(client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })))
    },
  }
}

import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  NoSuchKey,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { MediaMissing, type MediaStore } from '../../ports/media-store.ts'
import { counter } from './count.ts'

export interface S3Options {
  /** `s3://bucket/prefix`. Region, keys and `AWS_ENDPOINT_URL` come from the environment, as with every S3 tool. */
  url: string
  /** Where files lie while ffmpeg reads them. */
  workDir: string
}

/** Objects in a bucket that every machine can reach. */
export function s3MediaStore({ url, workDir }: S3Options): MediaStore {
  const { hostname: Bucket, pathname } = new URL(url)
  const prefix = pathname.replace(/^\/+|\/+$/g, '')
  const nameOf = (key: string): string => (prefix ? `${prefix}/${key}` : key)
  const client = new S3Client({
    // Servers that only resemble S3 know neither virtual hosts nor the newer checksums.
    forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })

  async function get(key: string, Range?: string): Promise<Readable> {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: nameOf(key), Range }))
      return Body as Readable
    } catch (error) {
      throw error instanceof NoSuchKey ? new MediaMissing(key) : error
    }
  }

  return {
    async put(key, body, signal) {
      const count = counter()
      // Several parts, so that the length need not be known; S3 shows the object when it is whole.
      const upload = new Upload({ client, params: { Bucket, Key: nameOf(key), Body: count } })
      const stop = (): void => void upload.abort()
      signal?.addEventListener('abort', stop, { once: true })
      try {
        const sent = upload.done()
        sent.catch(() => count.destroy()) // then the source ends too
        await Promise.all([pipeline(body, count, { ...(signal && { signal }), end: true }), sent])
        return count.result()
      } catch (error) {
        await upload.abort().catch(() => {})
        throw error
      } finally {
        signal?.removeEventListener('abort', stop)
      }
    },
    open: (key, range) => get(key, range && `bytes=${range.start}-${range.end}`),
    async local(key) {
      const path = join(workDir, randomUUID())
      await mkdir(workDir, { recursive: true })
      const release = (): Promise<void> => rm(path, { force: true })
      try {
        await pipeline(await get(key), createWriteStream(path))
        return { path, release }
      } catch (error) {
        await release()
        throw error
      }
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: nameOf(key) }))
    },
    free: async () => undefined,
    async probe() {
      await client.send(new HeadBucketCommand({ Bucket }))
    },
  }
}

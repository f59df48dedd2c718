/** The contract of media stores, kept by the disk and by S3. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MediaMissing, type MediaStore } from '../../ports/media-store.ts'
import { diskMediaStore } from './disk.ts'
import { s3MediaStore } from './s3.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-store-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

function contract(make: () => Promise<{ store: MediaStore; close(): Promise<void> }>): void {
  let made: Awaited<ReturnType<typeof make>>
  let store: MediaStore
  beforeAll(async () => {
    made = await make()
    store = made.store
  })
  afterAll(() => made?.close())

  // More than one part of an S3 upload, in chunks of odd sizes.
  const bytes = randomBytes(7_000_001)
  const chunks = function* () {
    for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7) % 300_007)
      yield bytes.subarray(at, at + size)
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')

  it('keeps what is put, whole and in parts', async () => {
    expect(await store.put('media/a/1', Readable.from(chunks()))).toEqual({ bytes: bytes.length, sha256 })
    expect((await buffer(await store.open('media/a/1'))).equals(bytes)).toBe(true)
    const part = await buffer(await store.open('media/a/1', { start: 1000, end: 1999 }))
    expect(part.equals(bytes.subarray(1000, 2000))).toBe(true)
  })

  it('keeps an empty object', async () => {
    expect(await store.put('media/a/empty', Readable.from([]))).toMatchObject({ bytes: 0 })
    expect(await buffer(await store.open('media/a/empty'))).toHaveLength(0)
  })

  it('gives a file to read, until it is released', async () => {
    const { path, release } = await store.local('media/a/1')
    expect(readFileSync(path).equals(bytes)).toBe(true)
    await release()
    await store.remove('media/a/1')
    expect(existsSync(path)).toBe(false)
  })

  it('says that a thing is missing', async () => {
    await expect(store.open('media/a/none')).rejects.toThrow(MediaMissing)
    await expect(store.local('media/a/none')).rejects.toThrow(MediaMissing)
    await expect(store.remove('media/a/none')).resolves.toBeUndefined()
  })

  it('shows nothing of an upload that broke off', async () => {
    const broken = new Readable({
      read() {
        this.push(bytes.subarray(0, 6_000_000))
        this.destroy(new Error('the client is gone'))
      },
    })
    await expect(store.put('media/a/broken', broken)).rejects.toThrow('the client is gone')
    await expect(store.open('media/a/broken')).rejects.toThrow(MediaMissing)
  })

  it('stops when told to', async () => {
    const endless = new Readable({
      read() {
        this.push(bytes.subarray(0, 65_536))
      },
    })
    const stop = new AbortController()
    const put = store.put('media/a/endless', endless, stop.signal)
    setImmediate(() => stop.abort())
    await expect(put).rejects.toThrow()
    expect(endless.destroyed).toBe(true)
    await expect(store.open('media/a/endless')).rejects.toThrow(MediaMissing)
  })

  it('can be written to', () => expect(store.probe()).resolves.toBeUndefined())
}

describe('the disk', () => {
  contract(async () => ({ store: diskMediaStore(join(dir, 'disk')), close: async () => {} }))

  it('knows how much room there is', async () => {
    expect(await diskMediaStore(join(dir, 'disk')).free()).toBeGreaterThan(0)
  })

  it('leaves nothing of what broke off', () => {
    expect(readdirSync(join(dir, 'disk/media/a'))).toEqual(['empty'])
  })
})

describe('S3', () => {
  const environment = { ...process.env }
  contract(async () => {
    const server = new S3rver({ port: 0, silent: true, directory: join(dir, 's3') })
    const { port } = await server.run()
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
    })
    await new S3Client({ forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'media' }))
    return {
      store: s3MediaStore({ url: 's3://media/some/prefix', workDir: join(dir, 'work') }),
      close: async () => {
        process.env = environment
        await server.close()
      },
    }
  })

  it('says so when the bucket is not there', async () => {
    const store = s3MediaStore({ url: 's3://none', workDir: join(dir, 'work') })
    await expect(store.probe()).rejects.toThrow()
  })
})

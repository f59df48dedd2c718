/** The contract of media stores, kept by the disk and by S3. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FaultyS3, faultyS3 } from '../../../test/support/faulty-s3.ts'
import { MediaMissing, type MediaStore, StorageAway } from '../../ports/media-store.ts'
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

  it('leaves nothing of what broke off', async () => {
    const folder = join(dir, 'disk/media/a')
    expect(readdirSync(folder)).toEqual(['empty'])
    // A process died while it wrote; its key was noted.
    writeFileSync(join(folder, 'died.part'), 'half')
    await diskMediaStore(join(dir, 'disk')).remove('media/a/died')
    expect(readdirSync(folder)).toEqual(['empty'])
  })
})

describe('S3', () => {
  const URL_OF_IT = 's3://media/some/prefix'
  const environment = { ...process.env }
  const work = join(tmpdir(), `earshot-store-work-${process.pid}`)
  let s3: FaultyS3
  let store: MediaStore
  contract(async () => {
    s3 = await faultyS3(join(dir, 's3'), 'media')
    Object.assign(process.env, s3.env)
    store = s3MediaStore({ url: URL_OF_IT, workDir: work })
    return {
      store,
      close: async () => {
        process.env = environment
        await s3.close()
        await rm(work, { recursive: true, force: true })
      },
    }
  })

  it('says so when the bucket is not there', async () => {
    const none = s3MediaStore({ url: 's3://none', workDir: work })
    await expect(none.probe()).rejects.toThrow(StorageAway)
  })

  const bytes = randomBytes(3_000_000)

  it.each(['error', 'slow down', 'silent'] as const)('is away when all it has is: %s', async (fault) => {
    await store.put('media/b/1', Readable.from([bytes]))
    const hasty = s3MediaStore({ url: URL_OF_IT, workDir: work, silenceMs: 300 })
    s3.set(fault)
    await expect(hasty.open('media/b/1')).rejects.toThrow(StorageAway)
    expect(s3.met()).toBeGreaterThan(1) // it was tried again
    await expect(hasty.put('media/b/2', Readable.from([bytes]))).rejects.toThrow(StorageAway)
    s3.set('none')
    await expect(store.open('media/b/2')).rejects.toThrow(MediaMissing)
  })

  it('says so when this machine has no room for what is fetched', async () => {
    const notAFolder = join(dir, 'not-a-folder')
    writeFileSync(notAFolder, '')
    const store = s3MediaStore({ url: 's3://bucket/some/prefix', workDir: join(notAFolder, 'tmp') })
    await expect(store.probe()).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  it('goes on where an answer broke off', async () => {
    s3.set('broken')
    const { path, release } = await store.local('media/b/1')
    expect(readFileSync(path).equals(bytes)).toBe(true)
    await release()
    const part = await buffer(await store.open('media/b/1', { start: 500_000, end: 2_499_999 }))
    expect(part.equals(bytes.subarray(500_000, 2_500_000))).toBe(true)
    expect(s3.met()).toBeGreaterThan(4)
    s3.set('none')
  })

  it('keeps what it was told to end in vain, since only the answer was lost', async () => {
    const large = Buffer.alloc(6_000_000, 'x')
    s3.set('end unanswered')
    await expect(store.put('media/a/ended', Readable.from([large]))).resolves.toMatchObject({
      bytes: large.length,
    })
    const kept = await buffer(await store.open('media/a/ended'))
    expect(kept.equals(large)).toBe(true)
  })

  it('can be left while it is silent, and keeps nothing of what it had begun to fetch', async () => {
    s3.set('silent')
    const stop = new AbortController()
    const local = store.local('media/b/1', stop.signal)
    await expect.poll(() => s3.met()).toBeGreaterThan(0)
    stop.abort(new Error('cancelled'))
    await expect(local).rejects.toThrow('cancelled')
    s3.set('none')
    expect(readdirSync(work, { recursive: true })).toHaveLength(1) // its own folder
  })

  it('tidies up after processes that died, and not after those that live', async () => {
    const living = await store.local('media/b/1')
    const dead = join(work, 'dead')
    mkdirSync(dead)
    writeFileSync(join(dead, 'half'), 'half')
    await store.tidy(Date.now())
    expect(existsSync(dead)).toBe(true)
    const longAgo = new Date(Date.now() - 2 * 3_600_000)
    utimesSync(dead, longAgo, longAgo)
    await store.tidy(Date.now())
    expect(existsSync(dead)).toBe(false)
    expect(existsSync(living.path)).toBe(true)
    await living.release()
  })

  it('ends uploads that broke off long ago', async () => {
    const client = new S3Client({ forcePathStyle: true })
    const Key = 'some/prefix/media/b/never-ended'
    await client.send(new CreateMultipartUploadCommand({ Bucket: 'media', Key }))
    const open = async (): Promise<number> =>
      (await client.send(new ListMultipartUploadsCommand({ Bucket: 'media' }))).Uploads?.length ?? 0
    expect(await open()).toBe(1)
    await store.tidy(Date.now() + 1000)
    expect(await open()).toBe(1)
    await store.tidy(Date.now() + 25 * 3_600_000)
    expect(await open()).toBe(0)
    client.destroy()
  })
})

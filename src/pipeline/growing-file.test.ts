import { appendFile, open, rename, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { scratch } from '../../test/support/media.ts'
import { BegunAnew, readGrowing } from './growing-file.ts'

let dir: string
let dispose: () => Promise<void>
beforeAll(async () => ({ dir, dispose } = await scratch()))
afterAll(() => dispose())

const never = new AbortController().signal
const promised = <T>() => {
  let [resolve, reject]: [(value: T) => void, (error: Error) => void] = [() => {}, () => {}]
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  promise.catch(() => {})
  return { promise, resolve, reject }
}

it('gives every byte, of what was there and of what comes, through a renaming', async () => {
  const path = join(dir, 'growing')
  await writeFile(path, 'one ')
  const whole = promised<void>()
  const reader = readGrowing(await open(path), whole.promise, never)
  expect(String((await reader.next()).value)).toBe('one ')
  const second = reader.next()
  await appendFile(path, 'two ')
  expect(String((await second).value)).toBe('two ')
  await rename(path, join(dir, 'grown'))
  await appendFile(join(dir, 'grown'), 'three')
  whole.resolve()
  const rest: string[] = []
  for await (const chunk of reader) rest.push(String(chunk))
  expect(rest.join('')).toBe('three')
})

it('says that its writer began anew', async () => {
  const path = join(dir, 'anew')
  await writeFile(path, 'a long beginning')
  const reader = readGrowing(await open(path), promised<void>().promise, never)
  await reader.next()
  await truncate(path, 3)
  await expect(reader.next()).rejects.toThrow(BegunAnew)
})

it('fails with its writer, and ends with its reader', async () => {
  const path = join(dir, 'failing')
  await writeFile(path, 'some')
  const whole = promised<void>()
  const reader = readGrowing(await open(path), whole.promise, never)
  await reader.next()
  const waiting = reader.next()
  whole.reject(new Error('the platform hung up'))
  await expect(waiting).rejects.toThrow('the platform hung up')

  const abort = new AbortController()
  const left = readGrowing(await open(path), promised<void>().promise, abort.signal)
  await left.next()
  const asked = left.next()
  abort.abort(new Error('cancelled'))
  await expect(asked).rejects.toThrow('cancelled')
})

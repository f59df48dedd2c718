import { expect, it } from 'vitest'
import { unlessAborted } from './unless-aborted.ts'

const never = new Promise<string>(() => {})

it('waits for the work', async () => {
  const { signal } = new AbortController()
  expect(await unlessAborted(Promise.resolve('done'), signal)).toBe('done')
  await expect(unlessAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken')
})

it('gives up when it is told to, with the reason', async () => {
  const stop = new AbortController()
  const waiting = unlessAborted(never, stop.signal)
  stop.abort(new Error('cancelled'))
  await expect(waiting).rejects.toThrow('cancelled')
  await expect(unlessAborted(never, stop.signal)).rejects.toThrow('cancelled')
})

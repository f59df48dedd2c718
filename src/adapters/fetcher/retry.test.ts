import { expect, test } from 'vitest'
import { FetchError, type FetchErrorCode } from '../../ports/fetcher.ts'
import { MESSAGES } from './classify.ts'
import { withRetries } from './retry.ts'

const never = new AbortController().signal
const failing = (code: FetchErrorCode, times: number) => {
  let tries = 0
  const work = async (): Promise<number> => {
    tries++
    if (tries <= times) throw new FetchError(code, MESSAGES[code])
    return tries
  }
  return { work, tries: () => tries }
}

test('what passes by itself is tried again after each pause, and no more', async () => {
  expect(await withRetries([1, 1], never, failing('platform_rate_limited', 2).work)).toBe(3)
  const lasting = failing('network', 9)
  await expect(withRetries([1, 1], never, lasting.work)).rejects.toMatchObject({ code: 'network' })
  expect(lasting.tries()).toBe(3)
})

test('everything else is the same the next time, and is not tried again', async () => {
  for (const code of Object.keys(MESSAGES) as FetchErrorCode[]) {
    if (code === 'network' || code === 'platform_rate_limited') continue
    const { work, tries } = failing(code, 9)
    await expect(withRetries([1, 1], never, work)).rejects.toMatchObject({ code })
    expect(tries()).toBe(1)
  }
})

test('an abort ends the pause', async () => {
  const gone = new AbortController()
  const { work, tries } = failing('network', 9)
  const done = withRetries([3_600_000], gone.signal, work)
  gone.abort()
  await expect(done).rejects.toMatchObject({ name: 'AbortError' })
  expect(tries()).toBe(1)
})

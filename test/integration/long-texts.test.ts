/** Long texts wait for one thread; more than it can do soon is refused, and does not pile up in memory. */
import { afterAll, expect, it } from 'vitest'
import { elsewhere } from '../../src/adapters/thread/index.ts'
import { TEXT_WORK } from '../../src/http/text-work.ts'

const thread = elsewhere(TEXT_WORK, new URL('../../src/main/texts.host.ts', import.meta.url), [], 1_000_000)
afterAll(() => thread.close())

const stored = (letters: number): string => {
  const text = 'a'.repeat(letters)
  return JSON.stringify({ text, segments: [{ start: 0, end: 1, text }], language: 'en' })
}
const asText = async (letters: number): Promise<number> =>
  (await thread.file(stored(letters), 'txt', false)).length

it('what does not fit beside those that wait is refused, until they are done', async () => {
  const first = asText(300_000)
  await expect(asText(300_000)).rejects.toMatchObject({ code: 'queue.full', details: { retryAfter: 10 } })
  // Too short for the thread.
  expect(await asText(10)).toBeGreaterThan(10)
  expect(await first).toBeGreaterThan(300_000)
  expect(await asText(300_000)).toBeGreaterThan(300_000)
})

it('one account with much to do takes turns with the others, and leaves them room', async () => {
  const done: string[] = []
  const ask = (account: string, letters = 110_000) =>
    thread.onBehalfOf(
      () => account,
      () => asText(letters).then(() => done.push(account)),
    )
  const greedy = [ask('greedy'), ask('greedy')]
  const refused = expect(ask('greedy')).rejects.toMatchObject({ code: 'queue.full' })
  const other = ask('other')
  await refused
  await Promise.all([...greedy, other])
  expect(done).toEqual(['greedy', 'other', 'greedy'])
  // Its share is free again.
  await ask('greedy')
})

it('one alone is never too long', async () => {
  expect(await asText(800_000)).toBeGreaterThan(800_000)
})

it.each([
  ['"title": 5, "note": "x', 'title: must be a string.'],
  ['"segments": [{ "start": 0, "end": 1, "text": "x', 'segments.0.text: must have at most 20000 characters.'],
])('what is wrong with a long edit is said in the words of a short one: %s', async (start, message) => {
  const ends = start.includes('[') ? '"}]' : '"'
  const body = (letters: number): string => `{ "version": 0, ${start}${'x'.repeat(letters)}${ends} }`
  await expect(thread.readEdit(body(210_000))).rejects.toMatchObject({ message })
  await expect(thread.readEdit(body(210_000).slice(0, -4))).rejects.toMatchObject({
    message: 'The body is not valid JSON.',
  })
})

import { expect, test } from 'vitest'
import { siblingModule, startAhead, startChild } from './child.ts'

const MODULE = siblingModule('spawner.host', import.meta.url)

test('a child that was started ahead is the next of its module, once', async () => {
  const endUnused = startAhead(MODULE)
  const first = startChild(MODULE)
  const second = startChild(MODULE)
  expect(first.pid).not.toBe(second.pid)
  endUnused()
  expect(first.send({})).toBe(true)
  for (const child of [first, second]) child.kill()
  expect(await first.ended).toBe('killed by SIGKILL')
  await second.ended
})

test('one that nobody takes is ended', async () => {
  const endUnused = startAhead(MODULE)
  endUnused()
  const other = startChild(MODULE)
  expect(other.send({})).toBe(true)
  other.kill()
  await other.ended
})

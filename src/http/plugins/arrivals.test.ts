import { expect, it } from 'vitest'
import { countArrivals } from './arrivals.ts'

const of = (accountId: string, name: string, isWhole = false) => ({ accountId, name, isWhole: () => isWhole })

it('counts who came before and is still arriving', () => {
  const arrivals = countArrivals(() => 0)
  const [first, second] = [of('a', '1'), of('b', '2')]
  expect(arrivals.enter(first)).toEqual({ all: 0, own: 0 })
  expect(arrivals.enter(second)).toEqual({ all: 1, own: 0 })
  expect(arrivals.enter(of('a', '3'))).toEqual({ all: 2, own: 1 })
  arrivals.leave(first)
  arrivals.leave(first)
  expect(arrivals.enter(of('b', '4'))).toEqual({ all: 2, own: 1 })
})

it('twins under one key want one place', () => {
  const arrivals = countArrivals(() => 0)
  const twin = of('a', 'key')
  arrivals.enter(twin)
  expect(arrivals.enter(of('a', 'key'))).toEqual({ all: 0, own: 0 })
  expect(arrivals.enter(of('a', 'other'))).toEqual({ all: 1, own: 1 })
  arrivals.leave(twin)
  expect(arrivals.enter(of('b', 'more'))).toEqual({ all: 2, own: 0 })
})

it('a slow upload counts only for a while', () => {
  let now = 0
  const arrivals = countArrivals(() => now)
  arrivals.enter(of('a', 'slow'))
  now = 9000
  expect(arrivals.enter(of('a', 'quick'))).toEqual({ all: 1, own: 1 })
  now = 10_000
  expect(arrivals.enter(of('a', 'late'))).toEqual({ all: 1, own: 1 })
})

it('what was sent whole counts for as long as it waits for us', () => {
  let now = 0
  const arrivals = countArrivals(() => now)
  const sent = of('a', 'sent', true)
  arrivals.enter(sent)
  now = 60_000
  expect(arrivals.enter(of('b', 'next'))).toEqual({ all: 1, own: 0 })
  arrivals.leave(sent)
  expect(arrivals.enter(of('b', 'another'))).toEqual({ all: 1, own: 1 })
})

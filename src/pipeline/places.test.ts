import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlaces, type Kind, type Place } from './places.ts'

const never = new AbortController().signal

describe('places', () => {
  it('for downloading and for hearing are counted apart', () => {
    const places = createPlaces(1)
    const offers = (kind: Kind) =>
      places.offers().filter(({ downloads }) => downloads === (kind === 'download'))
    const ordinary = { downloads: false, express: false, without: [] }
    places.take('a', 'download')
    expect(offers('download')).toEqual([{ downloads: true, express: true, without: [] }])
    places.take('a', 'download')
    expect(offers('download')).toEqual([{ downloads: true, express: false, without: ['a'] }])
    places.take('b', 'download')
    expect(places.offers()).toEqual([ordinary])
  })

  it('what was downloaded waits to be heard, and leaves its place to others once its sound is here', async () => {
    const places = createPlaces(1)
    const [one, two] = [places.take('a', 'hearing'), places.take('a', 'download')]
    let heard = false
    const hearing = two.hear(never).then(() => {
      heard = true
    })
    two.downloaded()
    await Promise.resolve()
    expect(heard).toBe(false)
    expect(places.offers()).toContainEqual({ downloads: true, express: false, without: [] })
    one.leave()
    await hearing
    // An account of which nothing is heard need not wait for that.
    await places.take('b', 'download').hear(never)
  })

  it('what has to be downloaded again waits for a place as everything else does', async () => {
    const places = createPlaces(1)
    const one = places.take('a', 'download')
    await one.download(never)
    one.downloaded()
    const two = places.take('a', 'download')
    let again = false
    const downloading = one.download(never).then(() => {
      again = true
    })
    await Promise.resolve()
    expect(again).toBe(false)
    two.downloaded()
    await downloading
    expect(places.offers()).toContainEqual({ downloads: true, express: true, without: [] })
    one.leave()
    expect(places.offers()).toContainEqual({ downloads: true, express: false, without: [] })
  })

  it('whoever gives up waiting is forgotten', async () => {
    const places = createPlaces(1)
    const one = places.take('a', 'hearing')
    const stop = new AbortController()
    const waiting = places.take('a', 'download').hear(stop.signal)
    stop.abort(new Error('cancelled'))
    await expect(waiting).rejects.toThrow('cancelled')
    one.leave()
    await places.take('a', 'download').hear(never)
  })

  it('property: whatever one account does, it leaves places of each kind to the others', async () => {
    const step = fc.record({
      kind: fc.constantFrom<Kind>('download', 'hearing'),
      outcome: fc.constantFrom('stays', 'hears', 'leaves'),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.array(step, { maxLength: 60 }),
        async (each, steps) => {
          const places = createPlaces(each)
          const held: Place[] = []
          for (const { kind, outcome } of steps) {
            const offer = places
              .offers()
              .find(
                ({ downloads, without }) =>
                  downloads === (kind === 'download') && !without.includes('greedy'),
              )
            if (!offer) continue
            const place = places.take('greedy', kind)
            if (outcome === 'hears') void place.hear(never)
            if (outcome === 'leaves') place.leave()
            else held.push(place)
          }
          for (const downloads of [true, false])
            expect(
              places
                .offers()
                .some((offer) => offer.downloads === downloads && !offer.without.includes('other')),
            ).toBe(true)
          await places.take('other', 'download').hear(never)
          for (const place of held) place.leave()
        },
      ),
    )
  })
})

/** Several pages on one transcript, a server that keeps to its contract, and a network that loses answers. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { ListChangesReply } from '../../../../../src/contract/edits.ts'
import type { SegmentReply } from '../../../../../src/contract/native.ts'
import { ApiError, ConnectionError } from '../../../api.ts'
import { opened, unsaved } from '../editor/history.ts'
import { keyed } from '../editor/segments.ts'
import { createTranscript, type Transcript, type Transport } from './document.ts'
import type { Draft, DraftStore } from './drafts.ts'
import { recovered } from './recover.ts'

const FIVE: SegmentReply[] = ['one two', 'three', 'four', 'five', 'six'].map((text, k) => ({
  start: k,
  end: k + 1,
  text,
}))

/** As `POST` and `GET …/changes` are: one version after the other, each change once. */
function server() {
  let segments = FIVE
  const log: ListChangesReply['items'] = []
  const away = () => new ConnectionError('away')
  const faults: ('before' | 'after')[] = []
  const transport: Transport = {
    async save({ version, changeId, changes }) {
      const fault = faults.shift()
      if (fault === 'before') throw away()
      const done = log.find((item) => item.changeId === changeId)
      if (!done) {
        if (version !== log.length)
          throw new ApiError(409, 'late', { code: 'edit.conflict', details: { version: log.length } })
        const after = [...segments]
        for (const { at, remove, insert } of changes.toReversed()) after.splice(at, remove, ...insert)
        segments = after
        const wire = changes.map((change) => ({ ...change, insert: [...change.insert] }))
        log.push({ version: log.length + 1, changeId, changedAt: '', changedBy: null, changes: wire })
      }
      if (fault === 'after') throw away()
      return { version: done?.version ?? log.length }
    },
    since: async (version) => ({ version: log.length, items: log.slice(version) }),
  }
  return { transport, faults, log, texts: () => segments.map(({ text }) => text), segments: () => segments }
}

type Server = ReturnType<typeof server>

function memory(): DraftStore & { left(): Draft | undefined } {
  let text: string | undefined
  return {
    write: (draft) => {
      text = JSON.stringify(draft)
      return true
    },
    clear: () => {
      text = undefined
    },
    left: () => (text === undefined ? undefined : (JSON.parse(text) as Draft)),
  }
}

let ids = 0
const page = (at: Server, drafts = memory(), editor = opened(keyed(FIVE)), version = 0): Transcript =>
  createTranscript({ editor, version, drafts, transport: at.transport, newId: () => `change-${ids++}` })

const textsOf = (at: Transcript): string[] => at.read().editor.segments.map(({ text }) => text.trim())
const type = (at: Transcript, line: number, text: string): void =>
  at.dispatch({ kind: 'text', at: line, text })

/** The page is gone; another opens, as it finds things. */
function reopened(at: Server, drafts: ReturnType<typeof memory>): Transcript {
  const draft = drafts.left()
  const latest = keyed(at.segments())
  const version = at.log.length
  if (!draft) return page(at, drafts, opened(latest), version)
  return page(at, drafts, recovered(latest, draft, at.log.slice(draft.version)), version)
}

describe('a transcript', () => {
  it('is saved as the lines that changed', async () => {
    const at = server()
    const mine = page(at)
    type(mine, 1, 'THREE')
    await mine.save()
    expect(at.log).toMatchObject([{ changes: [{ at: 1, remove: 1, insert: [{ text: 'THREE' }] }] }])
    expect(mine.read()).toMatchObject({ version: 1, saving: { kind: 'saved' } })
  })

  it('is saved within seconds, also while somebody types without a pause', async () => {
    vi.useFakeTimers()
    try {
      const at = server()
      const mine = page(at)
      mine.open(() => {})
      for (let letters = 1; letters <= 80; letters++) {
        type(mine, 1, 'a'.repeat(letters))
        await vi.advanceTimersByTimeAsync(100)
      }
      expect(at.log.length).toBe(1)
      expect(at.texts()[1]).toBe('a'.repeat(50))
      await vi.advanceTimersByTimeAsync(1000)
      expect(at.texts()[1]).toBe('a'.repeat(80))
      mine.close()
    } finally {
      vi.useRealTimers()
    }
  })

  it('takes what others saved, before its own is saved and when it looks', async () => {
    const at = server()
    const [mine, other] = [page(at), page(at)]
    type(mine, 0, 'mine')
    other.dispatch({ kind: 'split', at: 4, offset: 2 })
    type(other, 3, 'theirs')
    await other.save()
    await mine.save()
    await other.look()
    expect(textsOf(mine)).toEqual(['mine', 'three', 'four', 'theirs', 'six'])
    expect(textsOf(other)).toEqual(textsOf(mine))
    expect(at.texts()).toEqual(textsOf(mine))
  })

  it('sends the very same again where no answer came, and it is done once', async () => {
    const at = server()
    const mine = page(at)
    type(mine, 0, 'mine')
    at.faults.push('after')
    await mine.save()
    expect(mine.read().saving).toEqual({ kind: 'away' })
    type(mine, 0, 'mine, and more')
    await mine.save()
    await mine.save()
    expect(at.log).toHaveLength(2)
    expect(at.texts()[0]).toBe('mine, and more')
    expect(mine.read().editor.clashes).toEqual([])
  })

  it('says what the server does not take, and goes on with the next change', async () => {
    const at = server()
    const refusing = { ...at, transport: { ...at.transport } }
    refusing.transport.save = async () => {
      throw new ApiError(400, 'too long', { code: 'request.invalid', details: {} })
    }
    const mine = page(refusing)
    type(mine, 0, 'mine')
    await mine.save()
    expect(mine.read().saving).toEqual({ kind: 'refused', message: 'too long' })
    refusing.transport.save = at.transport.save
    type(mine, 0, 'mine again')
    await mine.save()
    expect(at.texts()[0]).toBe('mine again')
  })
})

describe('a page that is gone', () => {
  it.each(['before', 'after'] as const)(
    'loses nothing: the network failed %s the server had it',
    async (fault) => {
      const at = server()
      const drafts = memory()
      const mine = page(at, drafts)
      mine.dispatch({ kind: 'split', at: 0, offset: 4 })
      type(mine, 2, 'THREE')
      at.faults.push(fault)
      await mine.save()
      type(mine, 2, 'THREE!')
      mine.dispatch({ kind: 'remove', at: 4 })
      const other = page(at)
      await other.look()
      const last = other.read().editor.segments.length - 1
      type(other, last, 'theirs')
      await other.save()

      const again = reopened(at, drafts)
      expect(textsOf(again)).toEqual(['one', 'two', 'THREE!', 'four', 'theirs'])
      expect(again.read().editor.clashes).toEqual([])
      await again.save()
      expect(at.texts()).toEqual(textsOf(again))
      expect(drafts.left()).toBeUndefined()
      again.dispatch({ kind: 'undo' })
      expect(textsOf(again).at(-1)).toBe('theirs')
    },
  )

  it('keeps what clashes until it is decided', async () => {
    const at = server()
    const drafts = memory()
    const mine = page(at, drafts)
    type(mine, 1, 'mine')
    const other = page(at)
    type(other, 1, 'theirs')
    await other.save()
    const again = reopened(at, drafts)
    await again.save()
    const later = reopened(at, drafts)
    expect(later.read().editor.clashes).toMatchObject([{ mine: [{ text: 'mine' }] }])
  })

  it('left nothing where everything was saved', async () => {
    const at = server()
    const drafts = memory()
    const mine = page(at, drafts)
    type(mine, 1, 'mine')
    expect(drafts.left()).toMatchObject({ version: 0 })
    await mine.save()
    expect(drafts.left()).toBeUndefined()
  })
})

/** What three pages do, in any order, with a network that fails now and then, and crashes. */
const move = fc.record({
  who: fc.integer({ min: 0, max: 2 }),
  what: fc.oneof(
    fc.record({
      kind: fc.constant('text' as const),
      at: fc.nat(5),
      text: fc.constantFrom('a b', 'c d e', 'f'),
    }),
    fc.record({ kind: fc.constant('split' as const), at: fc.nat(5), offset: fc.nat(6) }),
    fc.record({ kind: fc.constant('merge' as const), at: fc.nat(5) }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat(5) }),
    fc.record({ kind: fc.constant('speaker' as const), at: fc.nat(5), speaker: fc.constantFrom('', 'Ann') }),
    fc.constantFrom(
      { kind: 'undo' as const },
      { kind: 'redo' as const },
      { kind: 'save' as const },
      { kind: 'look' as const },
      { kind: 'crash' as const },
      { kind: 'lost' as const, fault: 'before' as const },
      { kind: 'lost' as const, fault: 'after' as const },
    ),
  ),
})

it('whatever several people do, all see the same in the end, and nobody’s page breaks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 40 }), async (moves) => {
      const at = server()
      const drafts = [memory(), memory(), memory()]
      const pages = drafts.map((draft) => page(at, draft))
      for (const { who, what } of moves) {
        const mine = pages[who]!
        if (what.kind === 'save') await mine.save()
        else if (what.kind === 'look') await mine.look()
        else if (what.kind === 'crash') pages[who] = reopened(at, drafts[who]!)
        else if (what.kind === 'lost') {
          at.faults.push(what.fault)
          await mine.save()
          at.faults.length = 0
        } else mine.dispatch(what)
      }
      for (let round = 0; round < 3; round++) for (const mine of pages) await mine.save()
      for (const mine of pages) await mine.look()
      for (const mine of pages) {
        expect(unsaved(mine.read().editor)).toEqual([])
        expect(textsOf(mine)).toEqual(at.texts())
        const keys = mine.read().editor.segments.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
      }
    }),
    { numRuns: 300 },
  )
})
